import bench_sample
import cells
import figures
import pytest
import tables

ABOUT, RAW = bench_sample.ABOUT, bench_sample.RAW
MEASURED = RAW["measured"]


def test_a_ratio_is_taken_within_a_round():
    found = figures.ratio(figures.of(MEASURED, "speed"), "errorcontract all", "schemathesis bare", figures.rate)

    assert (found.least, found.middle, found.most) == (10.0, 10.0, 18.75)


def test_a_ratio_to_what_was_not_measured_is_none():
    assert figures.ratio(figures.of(MEASURED, "speed"), "errorcontract all", "nothing", figures.rate) is None


def test_a_fault_is_ours_with_a_finding_and_rightly_named_by_its_own_rule():
    share = figures.shares(MEASURED, ABOUT["rules"])["errorcontract all"]

    assert share.found == {"one", "two"}
    assert share.named == {"one"}


def test_a_fault_that_only_warns_is_found_but_fails_no_run():
    measured = {
        **MEASURED,
        "faults/errorcontract all/two": bench_sample.ours(1500, 2.0, 4.0, ["hint-valid"], "warning"),
    }

    share = figures.shares(measured, ABOUT["rules"])["errorcontract all"]

    assert share.found == {"one", "two"}
    assert share.failing == {"one"}


def test_what_fails_without_a_fault_finds_none():
    measured = {**MEASURED, "unfaulted/errorcontract all/2": bench_sample.ours(1500, 2.0, 4.0, ["documented-code"])}

    assert figures.shares(measured, ABOUT["rules"])["errorcontract all"].found == {"one"}


def test_a_fault_is_theirs_only_if_something_fails_that_does_not_fail_without_it():
    share = figures.shares(MEASURED, ABOUT["rules"])["schemathesis bare"]

    assert share.planted == {"one", "two", "three"}
    assert share.found == {"three"}
    assert share.named is None


@pytest.mark.parametrize(("value", "text"), [(1234.5, "1,234"), (100.0, "100"), (42.25, "42.2"), (0.123, "0.12")])
def test_a_figure_has_as_many_digits_as_it_deserves(value, text):
    assert cells.number(value) == text


def test_the_tables_say_all_that_was_measured():
    text = tables.document(RAW)

    assert "| errorcontract all | 3 | 1,500 | 1.50 (1.00 to 3.00) | 1,000 (500 to 1,500) |" in text
    assert "| errorcontract all | schemathesis bare | 10.0 (10.0 to 18.8)" in text
    assert "| errorcontract all | plain loop | 0.50 (0.25 to 0.75)" in text
    assert "| errorcontract all | 3 | 2 | 67 % | 2 | 1 | 1,500 | 0 |" in text
    assert "| schemathesis bare | 3 | 1 | 33 % | 1 | - | 810 (800 to 820) | 2 |" in text
    assert "| code-status | 2 | 1 | 1 |" in text
    assert "Not found by errorcontract: `three`. Of these, found by Schemathesis in any way: `three`." in text
    assert "Found by errorcontract, but by another rule alone: `two`." in text
    assert "| 5,400 | 100 | 1,080 | 9.00 |" in text


def test_parts_that_were_not_measured_are_left_out():
    text = tables.document({**RAW, "measured": {}})

    assert "###" not in text
    assert "2 cores" in text
