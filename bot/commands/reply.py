"""Sending a message where it was asked for: as an answer, or in place of the one above a button."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram import LinkPreviewOptions, ReplyParameters, Update
from telegram.error import BadRequest

from bot.messages.message import Message
from bot.messages.parts import Part
from bot.sending import send

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def answer(update: Update, message: Message) -> None:
    """Answer the message of `update`, in its chat and topic."""
    asked = update.effective_message
    if asked is None:
        return
    topic = asked.direct_messages_topic
    is_private = asked.chat.type == asked.chat.PRIVATE
    where = {
        "chat_id": asked.chat_id,
        "message_thread_id": asked.message_thread_id if asked.is_topic_message else None,
        "business_connection_id": asked.business_connection_id,
        "direct_messages_topic_id": topic.topic_id if topic else None,
        "reply_parameters": None if is_private else ReplyParameters(asked.message_id),
    }
    await send(asked.get_bot(), {**where, **message.parameters})


async def show(update: Update, message: Message) -> None:
    """Put `message` in place of the one whose button was pressed."""
    query = update.callback_query
    if query is None:
        return
    await notice(update)
    with forgiven("not modified"):  # pressed twice; the page stands there already
        await query.edit_message_text(
            message.text,
            entities=message.entities,
            reply_markup=message.markup,
            link_preview_options=_NO_PREVIEW,
        )


async def pass_on(update: Update, part: Part) -> None:
    """Answer with a part just as a chat would get it."""
    if update.effective_message is not None:
        await update.effective_message.reply_text(
            part.text,
            entities=part.entities,
            reply_markup=part.markup,
            link_preview_options=_NO_PREVIEW,
            do_quote=False,
        )


async def notice(update: Update) -> None:
    """Tell Telegram that a pressed button was noticed, so that it stops spinning."""
    if update.callback_query is not None:
        with forgiven("query is too old"):  # pressed while the bot was away
            await update.callback_query.answer()


async def toast(update: Update, words: str) -> None:
    """Answer a pressed button with a few words over the chat; the page above it stays."""
    if update.callback_query is not None:
        with forgiven("query is too old"):
            await update.callback_query.answer(words, show_alert=True)


@contextmanager
def forgiven(refusal: str) -> Iterator[None]:
    """Let Telegram refuse in these words; PTB changes their capitals."""
    try:
        yield
    except BadRequest as error:
        if refusal not in error.message.casefold():
            raise
