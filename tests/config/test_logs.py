import io
import logging
import re
import string
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.logs import REDACTED, configure, redactor

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
SECRET_HALF = TOKEN.partition(":")[2]
ATTACHE = logging.getLogger("attache")

tokens = st.from_regex(r"[0-9]{1,12}:[A-Za-z0-9_-]{30,50}", fullmatch=True)
passwords = st.text(string.printable, min_size=8, max_size=30)


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    names = ("", "httpx", "httpcore", "apscheduler")
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, list(logger.handlers)) for logger in loggers]
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def configure_alone(secrets: list[str], stream: io.StringIO) -> None:
    logging.getLogger().handlers.clear()  # pytest's own format for themselves
    configure("INFO", secrets, stream)


def fail(secret: str) -> None:
    raise RuntimeError(f"/bot{secret}/getMe") from ValueError(secret)


def test_a_record_is_one_line_with_time_in_utc_level_and_logger(stream: io.StringIO) -> None:
    configure("INFO", [], stream)
    record = logging.makeLogRecord(
        {"name": "attache", "levelname": "INFO", "levelno": 20, "msg": "ready", "created": 0.25}
    )

    ATTACHE.handle(record)

    assert stream.getvalue() == "1970-01-01T00:00:00.250Z INFO attache: ready\n"


def test_standard_error_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", [])

    ATTACHE.info("ready")

    assert capsys.readouterr().err.endswith(" INFO attache: ready\n")


def test_line_breaks_and_control_characters_are_written_out(stream: io.StringIO) -> None:
    configure("INFO", [], stream)

    ATTACHE.info("a\nb\r\x1b[31mc\u2028d\te")

    assert stream.getvalue().splitlines()[0].endswith(r"a\nb\r\x1b[31mc\u2028d" + "\te")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("secret", [TOKEN, SECRET_HALF])
def test_the_token_is_taken_out_of_message_arguments_and_traceback(
    stream: io.StringIO, secret: str
) -> None:
    configure("DEBUG", [TOKEN], stream)

    ATTACHE.debug("in the message: " + secret)
    ATTACHE.debug("in an argument: %s, %r", secret, {"url": f"/bot{secret}/getMe"})
    try:
        fail(secret)
    except RuntimeError:
        ATTACHE.exception("in the traceback")
    ATTACHE.debug("in the stack", stack_info=True)

    text = stream.getvalue()
    assert SECRET_HALF not in text
    assert text.count(REDACTED) >= 5
    assert "Traceback" in text
    assert len(text.splitlines()) == 4


def test_what_looks_like_a_token_is_redacted_without_being_given(stream: io.StringIO) -> None:
    configure("INFO", [], stream)

    logging.getLogger("telegram.Bot").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)

    assert stream.getvalue().endswith("POST https://api.telegram.org/bot[redacted]/getMe\n")


def test_the_credentials_of_a_proxy_are_redacted_in_every_spelling(stream: io.StringIO) -> None:
    configure("INFO", ["socks5://reader:p%40ss%27word@proxy.example:1080"], stream)

    ATTACHE.info("socks5://reader:p%40ss%27word@proxy.example:1080 by proxy.example")
    ATTACHE.info("%s %r", "p@ss'word", ["p@ss'word"])

    lines = stream.getvalue().splitlines()
    assert not re.search("word|p@ss|p%40ss", stream.getvalue())
    assert "proxy.example" in lines[0]


def test_a_second_call_replaces_the_first(stream: io.StringIO) -> None:
    configure("DEBUG", [], stream)
    second = io.StringIO()

    configure("WARNING", ["hush-hush"], second)
    ATTACHE.info("too quiet")
    ATTACHE.warning("hush-hush")

    assert stream.getvalue() == ""
    assert second.getvalue().endswith(" WARNING attache: [redacted]\n")
    assert len(second.getvalue().splitlines()) == 1


@pytest.mark.parametrize("name", ["httpx", "httpcore.connection", "apscheduler.executors.default"])
def test_talkative_libraries_start_at_warning(stream: io.StringIO, name: str) -> None:
    configure("DEBUG", [], stream)

    logging.getLogger(name).info("a request")
    logging.getLogger(name).warning("a problem")

    assert len(stream.getvalue().splitlines()) == 1


def test_a_record_that_cannot_be_formatted_shows_no_values(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_alone([TOKEN], stream)

    ATTACHE.info("%d parts", TOKEN)

    assert stream.getvalue().startswith("a log record of attache was lost: test_logs.py:")
    assert SECRET_HALF not in stream.getvalue() + capsys.readouterr().err


def test_a_closed_stream_is_survived(stream: io.StringIO) -> None:
    configure("INFO", [], stream)
    stream.close()

    ATTACHE.info("nobody reads this")


def test_other_handlers_get_the_traceback_in_their_own_form(stream: io.StringIO) -> None:
    configure_alone(["hush-hush"], stream)
    error = RuntimeError("hush-hush")
    record = logging.makeLogRecord({"levelno": 20, "exc_info": (RuntimeError, error, None)})

    ATTACHE.handle(record)

    assert record.exc_text is None
    assert stream.getvalue().endswith("RuntimeError: [redacted]\n")


@given(secret=st.one_of(tokens, passwords), before=st.text(), after=st.text())
def test_no_secret_survives(secret: str, before: str, after: str) -> None:
    assume(secret not in REDACTED)

    assert secret not in redactor([secret])(f"{before}{secret}{after}")


@given(token=tokens, before=st.text(), after=st.text())
def test_neither_a_token_nor_its_half_survives(token: str, before: str, after: str) -> None:
    redact = redactor([token])
    half = token.partition(":")[2]

    assert half not in redact(f"{before}{half}{after}{token}{before}")


@given(text=st.text())
def test_text_without_secrets_is_left_alone(text: str) -> None:
    assume(not re.search(r"[0-9]:", text))

    assert redactor(["", TOKEN])(text) == text


@given(text=st.text())
def test_every_record_is_one_line(text: str) -> None:
    stream = io.StringIO()
    configure("INFO", [], stream)

    ATTACHE.info("%s", text)

    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize(
    "words", ["/start i{}", "/start@attache_bot i{}", "https://t.me/attache_bot?start=i{} here"]
)
def test_the_secret_of_an_invitation_is_redacted_wherever_it_stands(words: str) -> None:
    secret = "zHbHrZkLZ9K1aD0q-0_Yxw"
    assert redactor([])(words.format(secret)) == words.format(REDACTED)
    assert redactor([])("/start sabcdefghijkl") == "/start sabcdefghijkl"
