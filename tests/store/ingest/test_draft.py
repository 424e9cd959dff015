"""Drafts: what is read out of an article, how surely, and of which day the article is."""

from dataclasses import replace
from datetime import date

from store.ingest.draft import draft
from store.ingest.draft_values import Known
from store.ingest.extract.quotes import Sureness
from store.ingest.raw.values import Dateline
from store.knowledge.values import (
    Basis,
    Grade,
    Side,
    StatedEvent,
    StatedPerson,
    Status,
    Story,
    Summary,
    When,
)
from tests.store.ingest.articles import TODAY, report

_STORY = Story(
    title="The ferry",
    intro="A ferry.",
    sides=(Side(name="Norway", short="NO", colour="#112233"),),
)


def _summary(day: str, text: str, *people: str, place: str | None = None) -> Summary:
    return Summary(
        file="x.md",
        title="x",
        outlet="y",
        published=date(2023, 3, 1),
        people=(StatedPerson(name="Anna Berg", side="Norway"), StatedPerson(name="Karl Lund")),
        events=(StatedEvent(when=When.parse(day), text=text, people=people, place=place),),
        body="z",
    )


def test_a_draft_has_the_people_with_their_roles() -> None:
    found = draft(report(), today=TODAY)
    roles = {item.stated.name: item.stated.role for item in found.people}
    assert roles == {"Anna Berg": "Foreign Minister", "Karl Lund": "Norwegian Prime Minister"}


def test_sides_are_those_of_the_story() -> None:
    found = draft(report(), Known(story=_STORY), today=TODAY)
    assert {item.stated.name: item.stated.side for item in found.people} == {
        "Anna Berg": None,
        "Karl Lund": "Norway",
    }


def test_a_draft_has_the_events_with_date_place_and_status() -> None:
    found = draft(report(), today=TODAY)
    events = [(str(item.stated.when), item.stated.status) for item in found.events]
    assert events == [
        ("2023-03-07", Status.HAPPENED),
        ("2023-03-10", Status.PLANNED),
        ("1987", Status.HAPPENED),
    ]
    assert found.events[0].stated.people == ("Anna Berg", "Karl Lund")
    assert found.events[0].stated.place == "Bergen"


def test_a_draft_has_the_quotes_with_speaker_and_grade() -> None:
    found = draft(report(), today=TODAY)
    quotes = [(item.stated.speaker, item.stated.grade) for item in found.quotes]
    assert quotes == [
        ("Anna Berg", Grade.VERBATIM),
        ("Karl Lund", Grade.REPORTED),
        ("Karl Lund", Grade.VERBATIM),
    ]


def test_a_draft_has_the_figures() -> None:
    (figure,) = draft(report(), today=TODAY).figures
    assert (figure.stated.value, figure.stated.what) == ("More than 400", "sailors")


def test_each_entry_has_the_sentence_that_it_came_from() -> None:
    found = draft(report(), today=TODAY)
    origins = [
        *(item.origin for item in found.people),
        *(item.origin for item in found.events),
        *(item.origin for item in found.quotes),
        *(item.origin for item in found.figures),
    ]
    assert all(origin in report().text for origin in origins)


def test_the_body_is_whole_sentences_of_the_article() -> None:
    article = report()
    found = draft(article, today=TODAY)
    assert all(line in article.text for line in found.body.split("\n\n"))
    assert found.body.startswith("Foreign Minister Anna Berg met")


def test_who_is_meant_by_a_surname_is_known_from_the_story() -> None:
    article = report(paragraphs=("Berg sold the ferry on Tuesday.",))
    known = Known(summaries=(_summary("2023-03-01", "x"),))
    (event,) = draft(article, known, today=TODAY).events
    assert event.stated.people == ("Anna Berg",)


def test_words_without_a_named_speaker_are_for_review() -> None:
    article = report(paragraphs=("Nobody knew.", "“The ferry is gone for good, I fear.”"))
    (quote,) = draft(article, today=TODAY).quotes
    assert quote.review


def test_a_dateline_without_a_year_is_resolved_by_its_weekday() -> None:
    line = Dateline(text="BERGEN, March 7 —", place="BERGEN", month=3, day=7)
    text = ("Anna Berg sells the ferry on Tuesday.", "It has run since 2019.")
    published = draft(report(published=None, dateline=line, paragraphs=text), today=TODAY).published
    assert published is not None
    assert (str(published.when), published.basis) == ("2023-03-07", Basis.RESOLVED)
    assert "Tuesday" in published.because


def test_a_dateline_that_fits_two_years_is_asked_about() -> None:
    line = Dateline(text="BERGEN, March 7 —", place="BERGEN", month=3, day=7)
    text = ("Anna Berg sells the ferry.", "It has run since 2019.")
    found = draft(report(published=None, dateline=line, paragraphs=text), today=TODAY)
    assert found.published is None
    assert "no year" in found.undated


def test_a_dateline_of_a_day_to_come_is_asked_about() -> None:
    line = Dateline(text="BERGEN, March 7, 2031 \u2014", month=3, day=7, year=2031)
    found = draft(report(published=None, dateline=line), today=TODAY)
    assert (found.published, "to come" in found.undated) == (None, True)


def test_the_story_tells_the_day_where_its_events_are_told() -> None:
    known = Known(
        summaries=(
            _summary("2023-03-07", "Anna Berg meets Karl Lund", "Anna Berg", "Karl Lund"),
            _summary(
                "2023-03-08", "Anna Berg is at the ferry conference in Malmo", "Anna Berg",
                place="Malmo",
            ),
        )
    )  # fmt: skip
    text = (
        "Anna Berg met Karl Lund in Bergen on Tuesday.",
        "Berg spoke at the ferry conference in Malmo on Wednesday.",
    )
    published = draft(report(published=None, paragraphs=text), known, today=TODAY).published
    assert published is not None
    assert (str(published.when), published.basis) == ("2023-03-08", Basis.INFERRED)


def test_one_known_day_is_not_enough_to_tell_the_day() -> None:
    summary = _summary("2023-03-07", "Anna Berg meets Karl Lund", "Anna Berg", "Karl Lund")
    text = ("Anna Berg met Karl Lund in Bergen on Tuesday.", "Lund left on Tuesday with Anna Berg.")
    article = report(published=None, paragraphs=text)
    found = draft(article, Known(summaries=(summary,)), today=TODAY)
    assert found.published is None
    assert "does not tell enough" in found.undated


def test_the_year_of_a_dateline_is_the_storys_only_where_its_people_are_named() -> None:
    line = Dateline(text="BERGEN, March 7 \u2014", place="BERGEN", month=3, day=7)
    known = Known(summaries=(_summary("2021-01-01", "x"),))
    ours = ("Anna Berg and Karl Lund sell the ferry on Tuesday.",)
    others = ("Eva Holm and Ole Dahl sell the ferry on Tuesday.",)
    days = [
        draft(report(published=None, dateline=line, paragraphs=text), known, today=TODAY).published
        for text in (ours, others)
    ]
    assert [str(day.when) if day else None for day in days] == ["2023-03-07", None]


def test_without_evidence_no_day_is_guessed() -> None:
    found = draft(report(published=None), Known(), today=TODAY)
    assert found.published is None
    assert found.undated == "the article shows no date"
    assert [str(item.stated.when) for item in found.events] == ["1987"]


def test_a_given_day_is_taken() -> None:
    found = draft(report(published=None), today=TODAY, published=date(2023, 3, 9))
    assert str(found.events[0].stated.when) == "2023-03-07"


def test_who_waits_for_review_is_in_no_event() -> None:
    article = report(paragraphs=("Xyx met Anna Berg in Bergen on Tuesday.",))
    found = draft(article, today=TODAY)
    unsure = {item.stated.name for item in found.people if item.sure is Sureness.UNSURE}
    assert all(not unsure & set(item.stated.people or ()) for item in found.events)


def test_the_outlet_is_the_host_where_nothing_names_it() -> None:
    article = replace(report(outlet=None), address="https://www.bell.example/ferry")
    assert draft(article, today=TODAY).outlet == "bell.example"


def test_words_are_of_no_day_to_come() -> None:
    text = "Anna Berg, who is to visit Malmo on Friday, said that the ferry would stay."
    (quote,) = draft(report(paragraphs=(text,)), today=TODAY).quotes
    assert (quote.stated.speaker, quote.stated.when) == ("Anna Berg", None)


def test_words_are_of_the_day_that_their_sentence_names() -> None:
    text = "Anna Berg said on Tuesday that the ferry would stay."
    (quote,) = draft(report(paragraphs=(text,)), today=TODAY).quotes
    assert str(quote.stated.when) == "2023-03-07"


def test_a_file_is_named_without_its_folders() -> None:
    assert draft(report(name="/data/raw/ferry.txt"), today=TODAY).document == "ferry.txt"


def test_denials_and_plans_that_fail_are_never_drafted_as_facts() -> None:
    text = (
        "Foreign Minister Anna Berg denied that Norway will sell the ferry.",
        "Prime Minister Karl Lund refused to say that Norway would pay.",
        "Talks will not be held on Friday. Berg told reporters at the town hall.",
        "The papers are due on 32 March in Bergen.",
    )
    found = draft(report(paragraphs=text), today=TODAY)
    assert [(item.stated.speaker, item.stated.text) for item in found.quotes] == [
        ("Anna Berg", "Denied that Norway will sell the ferry"),
        ("Karl Lund", "Refused to say that Norway would pay"),
    ]
    assert [(item.stated.text, item.review) for item in found.events] == [
        ("Talks will not be held on Friday", True),
    ]
    assert found.figures == ()


def test_a_number_that_is_denied_is_not_given_to_who_denies_it() -> None:
    text = ("Foreign Minister Anna Berg denied that 400 sailors had left the ferry.",)
    (figure,) = draft(report(paragraphs=text), today=TODAY).figures
    assert (figure.stated.according_to, figure.review) == (None, True)
