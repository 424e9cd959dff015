"""Whose words a text gives, on sentences of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.extract.quotes import FoundQuote, Reason, Sureness, find_quotes
from store.knowledge.values import Grade


def verbatim(text: str) -> list[FoundQuote]:
    return [each for each in find_quotes(text) if each.grade is Grade.VERBATIM]


def reported(text: str) -> list[FoundQuote]:
    return [each for each in find_quotes(text) if each.grade is Grade.REPORTED]


def said(text: str) -> list[tuple[str, str | None]]:
    return [
        (each.words(text), each.speaker.of(text) if each.speaker else None)
        for each in verbatim(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The road is open," Anna Berg said.', [("The road is open,", "Anna Berg")]),
        ('"The road is open," said Anna Berg, a driver.', [("The road is open,", "Anna Berg")]),
        ('"The road is open," notes Berg.', [("The road is open,", "Berg")]),
        ('"The road is open," one man, who was asked, said.', [("The road is open,", "one man")]),
        ('Berg was quoted by Tass as saying: "We will go."', [("We will go.", "Berg")]),
        ('Tass quoted Berg as saying: "We will go."', [("We will go.", "Berg")]),
        ('He went on: "We will go."', [("We will go.", "He")]),
        ('Anna Berg left.\nAnna Berg, driver: "We will go."', [("We will go.", "Anna Berg")]),
        (
            'Anna Berg, a driver from Oslo, said: "The road is open."',
            [("The road is open.", "Anna Berg")],
        ),
        (
            "\u201cThe road is open,\u201d she told reporters.",
            [("The road is open,", "she")],
        ),
        (
            "'The road is open,' the driver's wife said. 'It wasn't yesterday.'",
            [("The road is open, It wasn't yesterday.", "the driver's wife")],
        ),
        ('"The road," he said, "is open."', [("The road, is open.", "he")]),
        ('"Is it open?" asked the reporter.', [("Is it open?", "the reporter")]),
        (
            'The road was "barely open", according to the police.',
            [("barely open", "the police")],
        ),
        (
            '"We are late," said a US official, speaking on condition of anonymity.',
            [("We are late,", "a US official")],
        ),
        ('Officials said the road was "closed for good".', [("closed for good", "Officials")]),
        (
            '"The road is open for all who come."\n\u2014 Anna Berg',
            [("The road is open for all who come.", "Anna Berg")],
        ),
    ],
)
def test_words_go_to_whom_the_text_names(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(text) == expected


def test_a_quotation_opened_again_in_each_paragraph_is_one() -> None:
    text = "\u201cThe road is open.\n\n\u201cIt will stay so,\u201d said Anna Berg."
    assert said(text) == [("The road is open. It will stay so,", "Anna Berg")]
    assert len(verbatim(text)[0].parts) == 2


def test_marks_within_marks_belong_to_the_outer_words() -> None:
    text = "\u201cHe called it \u2018a small step\u2019 and left,\u201d Anna Berg said."
    assert said(text) == [("He called it \u2018a small step\u2019 and left,", "Anna Berg")]


@pytest.mark.parametrize(
    "text",
    [
        'She was on "Meet the Drivers" last week.',
        'Robert "Bobby" Lund drove home.',
        "The drivers' wives won't wait for the '90s to return.",
        "He is 6'3\" tall and drives a truck.",
        '<img src="road.png" alt="The road."> The road.',
        'The "smart" road was closed.',
    ],
)
def test_titles_nicknames_and_irony_are_no_quotes(text: str) -> None:
    assert find_quotes(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Anna Berg came. "It is late," Berg said.', ["Anna Berg"]),
        ('Anna Berg came late. "It is late," she said.', ["Anna Berg"]),
        ('Mayor Anna Berg met Olav Lund. "It is late," the mayor said.', ["Anna Berg"]),
        ('Anna Berg met Peter Lund. "It is late," he said.', ["Peter Lund"]),
        ('"It is late," said a lawyer for Anna Berg.', [None]),
        ('"It is late," said Norwegian Foreign Minister Anna Berg.', ["Anna Berg"]),
        ('"It is late," said Ursula von der Leyen.', ["Ursula von der Leyen"]),
        ('"It is late," a spokeswoman said.', [None]),
        ('"It is late," said the mayor. Anna Berg left.', [None]),
        ('According to the mayor, Anna Berg was "late".', [None]),
        ('The new mayor of Oslo, Anna Berg, said: "It is late."', ["Anna Berg"]),
        ('"It is late," said a spokesman, Peter Lund.', ["Peter Lund"]),
    ],
)
def test_speakers_are_resolved_within_the_text(text: str, names: list[str | None]) -> None:
    assert [each.name for each in verbatim(text)] == names


def test_words_alone_in_a_paragraph_have_no_speaker_and_say_so() -> None:
    text = 'Anna Berg came.\n\n"It is late and I am tired."'
    found = verbatim(text)
    assert [(each.speaker, each.sure, each.because) for each in found] == [
        (None, Sureness.UNSURE, Reason.NOBODY)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg said that the road was open.", [("that the road was open", "Anna Berg")]),
        ("The mayor said the road was open.", [("the road was open", "The mayor")]),
        ("The road was open, officials said.", [("The road was open", "officials")]),
        ("According to the police, the road was open.", [("the road was open", "the police")]),
        ("Berg told reporters that the road was open.", [("that the road was open", "Berg")]),
        ("Berg warned on Monday that it would snow.", [("that it would snow", "Berg")]),
        (
            "Berg said it would snow, adding that she would stay.",
            [("it would snow", "Berg"), ("that she would stay", "Berg")],
        ),
        ("The reports of Berg were long.", []),
        ("Berg drove home.", []),
    ],
)
def test_reported_speech_is_the_clause_and_its_speaker(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(each.words(text), each.speaker.of(text)) for each in reported(text) if each.speaker]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg denied that the road was open.", ["denied that the road was open"]),
        ("Berg denied on Monday that the road was open.", ["denied that the road was open"]),
        ("Berg refused to say that the road was open.", ["refused to say that the road was open"]),
        ("Berg declined to say whether it was open.", ["declined to say whether it was open"]),
        ("Berg doubted that the road was open.", ["doubted that the road was open"]),
        ("Berg doubts the road is open.", ["doubts the road is open"]),
        ("Berg disputed that the road was open.", ["disputed that the road was open"]),
        ("Berg did not say that the road was open.", ["did not say that the road was open"]),
        ("Berg denied saying that the road was open.", ["denied saying that the road was open"]),
        ("Berg asked whether the road was open.", ["asked whether the road was open"]),
        ("Berg would not confirm that it was open.", ["would not confirm that it was open"]),
        ("Berg ruled out that the road was open.", ["ruled out that the road was open"]),
        (
            "Berg refused to confirm or deny that it was open.",
            ["refused to confirm or deny that it was open"],
        ),
        (
            "Berg denied ever having said that it was open.",
            ["denied ever having said that it was open"],
        ),
        ("Berg said he doubted that it was open.", ["said he doubted that it was open"]),
        (
            "Berg, who denied the charges, said that it was open.",
            ["denied the charges", "that it was open"],
        ),
        ("Berg rejected that the road was open.", []),
        ("Berg questioned whether the road was open.", []),
        ("The road was open, Berg denied.", []),
        ("Nobody said that the road was open.", []),
        ("Berg not only said that it was open.", ["that it was open"]),
        ("Berg, who did not drive, said that it was open.", ["that it was open"]),
    ],
)
def test_what_is_denied_or_left_open_is_never_reported_without_its_verb(
    text: str, expected: list[str]
) -> None:
    assert [each.words(text) for each in reported(text)] == expected


def test_words_in_marks_that_are_denied_stay_and_are_unsure() -> None:
    text = 'Anna Berg denied that the road was "closed for good".'
    (fragment,) = verbatim(text)
    assert (fragment.words(text), fragment.name, fragment.sure) == (
        "closed for good",
        "Anna Berg",
        Sureness.UNSURE,
    )


@pytest.mark.parametrize(
    "text",
    ["Anna Berg told reporters at the town hall.", "Anna Berg told the council in the old house."],
)
def test_where_somebody_was_told_is_not_what_was_told(text: str) -> None:
    assert reported(text) == []


def test_words_within_a_reported_clause_are_fragments_of_its_speaker() -> None:
    text = 'Anna Berg said that the road was "closed for good" and left.'
    (fragment,) = verbatim(text)
    assert (fragment.words(text), fragment.name, fragment.fragment) == (
        "closed for good",
        "Anna Berg",
        True,
    )


def test_the_sentence_around_the_words_is_given() -> None:
    text = 'It snowed. "The road is open. Drive on," Anna Berg said. Nobody did.'
    (quote,) = verbatim(text)
    assert quote.sentence.of(text) == '"The road is open. Drive on," Anna Berg said.'


def test_a_transcript_gives_each_turn_to_its_speaker() -> None:
    text = (
        "Press call\n\nMS. BERG:  Good evening, everyone.\n\nThe road is open.\n\n"
        "Q    Since when?\n\nMS. BERG:  Since noon.\n\nMR. LUND:  Thank you.\n"
    )
    assert said(text) == [
        ("Good evening, everyone. The road is open.", "MS. BERG"),
        ("Since when?", "Q"),
        ("Since noon.", "MS. BERG"),
        ("Thank you.", "MR. LUND"),
    ]


def test_prose_behind_a_transcript_is_prose() -> None:
    turns = "BERG: The road is open.\n\nLUND: Since noon?\n\nBERG: Since noon.\n\n"
    prose = "It snowed on and on in Oslo.\n\n" * 4 + '"Thank you," Peter Lund said.'
    assert said(turns + prose)[-1] == ("Thank you,", "Peter Lund")


@given(st.text(alphabet="aB ,.!?:\n\"'\u201c\u201d\u2018\u2019()-", max_size=120))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    for quote in find_quotes(text):
        spans = [*quote.parts, quote.sentence]
        spans += [each for each in (quote.speaker, quote.cue) if each]
        assert all(0 <= each.start <= each.end <= len(text) for each in spans)


@given(
    st.lists(
        st.sampled_from(
            [
                "Anna Berg",
                "said",
                "that",
                '"No,"',
                "\u201cYes.",
                "\u201d",
                "he",
                ",",
                ".",
                "\n\n",
                "told",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_the_usual_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    assert all(quote.words(text) for quote in find_quotes(text))
