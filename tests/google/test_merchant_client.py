"""google-shopping-merchant-products against the reference API of the Merchant contract."""

from __future__ import annotations

import pytest
from google.api_core import exceptions
from google.protobuf import field_mask_pb2
from google.shopping import merchant_products_v1 as merchant

ACCOUNT = "accounts/1234567"
SOURCE = f"{ACCOUNT}/dataSources/100"


@pytest.fixture
def inputs(client):
    return client(merchant.ProductInputsServiceClient, "merchant", "merchant-token")


@pytest.fixture
def products(client):
    return client(merchant.ProductsServiceClient, "merchant", "merchant-token")


def product(offer: str = "sku-900", **more) -> merchant.ProductInput:
    return merchant.ProductInput(offer_id=offer, content_language="en", feed_label="US", **more)


def inserted(inputs, sent: merchant.ProductInput, account: str = ACCOUNT):
    request = merchant.InsertProductInputRequest(parent=account, product_input=sent, data_source=SOURCE)
    return inputs.insert_product_input(request=request)


def test_a_product_is_inserted_changed_read_and_deleted(inputs, products):
    made = inserted(inputs, product())
    assert made.offer_id == "sku-900"
    assert made.name.startswith(f"{ACCOUNT}/productInputs/")
    changed = merchant.ProductInput(name=made.name, product_attributes=merchant.ProductAttributes(title="A chair"))
    mask = field_mask_pb2.FieldMask(paths=["product_attributes.title"])
    inputs.update_product_input(
        request=merchant.UpdateProductInputRequest(product_input=changed, update_mask=mask, data_source=SOURCE)
    )
    assert products.get_product(name=f"{ACCOUNT}/products/en~US~sku-900").offer_id == "sku-900"
    inputs.delete_product_input(request=merchant.DeleteProductInputRequest(name=made.name, data_source=SOURCE))
    with pytest.raises(exceptions.NotFound):
        products.get_product(name=f"{ACCOUNT}/products/en~US~sku-900")


def test_products_are_listed_page_by_page(inputs, products):
    for number in range(3):
        inserted(inputs, product(f"sku-70{number}"))
    listed = products.list_products(request=merchant.ListProductsRequest(parent=ACCOUNT, page_size=1))
    assert {one.offer_id for one in listed} >= {"sku-001", "sku-700", "sku-701", "sku-702"}


def test_an_account_that_is_no_number_raises_invalid_argument_with_its_reason(products):
    with pytest.raises(exceptions.BadRequest) as raised:
        products.get_product(name="accounts/abcd/products/en~US~sku-001")
    assert raised.value.metadata["REASON"] == "INVALID_NAME_PART_NOT_NUMBER"
    assert raised.value.metadata["FIELD_VALUE"] == "abcd"
    assert raised.value.domain == "merchantapi.googleapis.com"


def test_an_account_out_of_reach_raises_unauthorized_with_its_reason(products):
    with pytest.raises(exceptions.Unauthorized) as raised:
        products.get_product(name="accounts/7654321/products/en~US~sku-001")
    assert raised.value.metadata["REASON"] == "PERMISSION_DENIED_ACCOUNTS"


def test_an_older_version_raises_aborted(inputs):
    inserted(inputs, product("sku-800", version_number=10))
    with pytest.raises(exceptions.Conflict) as raised:
        inserted(inputs, product("sku-800", version_number=9))
    assert raised.value.reason


def test_a_wrong_token_raises_unauthorized(client):
    stranger = client(merchant.ProductsServiceClient, "merchant", "no-such-token")
    with pytest.raises(exceptions.Unauthorized):
        stranger.get_product(name=f"{ACCOUNT}/products/en~US~sku-001")
