"""google-ads-datamanager against the reference API of the Data Manager contract."""

from __future__ import annotations

import re

import pytest
from google.ads import datamanager_v1 as datamanager
from google.api_core import exceptions

HASH = "0c7e6a405862e402eb76a70f8a26fc732d07c32931e9fae9ab1582911d2e8a3b"
REQUEST_ID = re.compile(r"t-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


@pytest.fixture
def ingestion(client):
    return client(datamanager.IngestionServiceClient, "datamanager", "dm-token")


def destination(account: str = "1234567890", **more) -> datamanager.Destination:
    owner = datamanager.ProductAccount(account_type="GOOGLE_ADS", account_id=account)
    return datamanager.Destination(operating_account=owner, product_destination_id="555", **more)


def person(email: str = HASH) -> datamanager.UserData:
    return datamanager.UserData(user_identifiers=[datamanager.UserIdentifier(email_address=email)])


def members(*emails: str, **more) -> datamanager.IngestAudienceMembersRequest:
    return datamanager.IngestAudienceMembersRequest(
        destinations=more.pop("destinations", [destination()]),
        audience_members=[datamanager.AudienceMember(user_data=person(email)) for email in emails],
        encoding=datamanager.Encoding.HEX,
        **more,
    )


def detail_of(error: exceptions.GoogleAPICallError, kind: str):
    return next(detail for detail in error.details if detail["@type"] == f"type.googleapis.com/google.rpc.{kind}")


def test_what_was_ingested_has_a_status(ingestion):
    answer = ingestion.ingest_audience_members(request=members(HASH))
    status = ingestion.retrieve_request_status(
        request=datamanager.RetrieveRequestStatusRequest(request_id=answer.request_id)
    )
    assert len(status.request_status_per_destination) == 1


def test_bad_hashes_raise_bad_request_with_every_violation(ingestion):
    with pytest.raises(exceptions.BadRequest) as raised:
        ingestion.ingest_audience_members(request=members("not-hex", HASH, "zz"))
    violations = detail_of(raised.value, "BadRequest")["fieldViolations"]
    assert [re.findall(r"\d+", one["field"])[0] for one in violations] == ["0", "2"]
    assert {one["reason"] for one in violations} == {"INVALID_HEX_ENCODING"}
    assert REQUEST_ID.fullmatch(detail_of(raised.value, "RequestInfo")["requestId"])
    assert (raised.value.reason, raised.value.domain) == ("INVALID_ARGUMENT", "datamanager.googleapis.com")


def test_somebody_elses_account_raises_forbidden(ingestion):
    with pytest.raises(exceptions.Forbidden) as raised:
        ingestion.ingest_audience_members(request=members(HASH, destinations=[destination("9999999999")]))
    assert raised.value.reason


def test_a_project_without_the_api_raises_forbidden_with_the_page_to_enable_it(client):
    disabled = client(datamanager.IngestionServiceClient, "datamanager", "dm-token-disabled")
    with pytest.raises(exceptions.Forbidden) as raised:
        disabled.ingest_audience_members(request=members(HASH))
    assert (raised.value.reason, raised.value.domain) == ("SERVICE_DISABLED", "googleapis.com")
    assert raised.value.metadata["activationUrl"] == detail_of(raised.value, "Help")["links"][0]["url"]


def test_what_was_only_validated_has_no_status(ingestion):
    answer = ingestion.ingest_audience_members(request=members(HASH, validate_only=True))
    with pytest.raises(exceptions.BadRequest) as raised:
        ingestion.retrieve_request_status(
            request=datamanager.RetrieveRequestStatusRequest(request_id=answer.request_id)
        )
    assert "INVALID_REQUEST_ID" in str(raised.value)


def test_a_wrong_token_raises_unauthorized(client):
    stranger = client(datamanager.IngestionServiceClient, "datamanager", "no-such-token")
    with pytest.raises(exceptions.Unauthorized):
        stranger.ingest_audience_members(request=members(HASH))
