"""Pictures of timelines: sent below the page that has the button, changed in place afterwards."""

from dataclasses import dataclass, field

from telegram import InputFile, InputMediaPhoto, Message, PhotoSize, Update
from telegram.error import BadRequest

from bot.commands.command import Context
from bot.commands.reply import notice, toast
from bot.commands.timeline import chosen_by
from bot.messages import picture as say
from bot.messages.callbacks import PicturePage
from bot.messages.message import Links
from bot.messages.message import Message as Caption
from bot.messages.picture import Pictured
from bot.pictures.chart import EVENTS_A_PICTURE
from bot.pictures.studio import Recent, Studio, StudioBusyError
from store.database import Connection, Database
from store.knowledge import sources, timeline
from store.knowledge.sides import sides_of_events
from store.knowledge.timeline import TimelineFilter, TimelinePage

_FILES_KEPT = 1024
_BEFORE_AS_OF = 6  # of the events in a picture, where there are so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Answers the buttons that ask for pictures.

    `sent` is what Telegram calls those that it has, so that each is uploaded once.
    """

    knowledge: Database
    studio: Studio = field(default_factory=Studio)
    sent: Recent[str] = field(default_factory=lambda: Recent(_FILES_KEPT))

    async def pressed(self, press: PicturePage, update: Update, context: Context) -> None:
        """Show the picture that a button asks for."""
        above = update.callback_query.message if update.callback_query else None
        pictured = await self.knowledge.read(picture_of, press)
        if pictured is None or not isinstance(above, Message):
            await toast(update, say.gone())
            return
        chart = say.chart(pictured)
        key = f"{context.bot.id}:{chart.key(press.theme)}"
        caption = say.caption(pictured, Links(context.bot.username))
        if file_id := self.sent.get(key):
            try:
                await _show(update, above, file_id, caption)
            except BadRequest as error:
                if "file" not in error.message.casefold():
                    raise
                self.sent.drop(key)  # Telegram has let go of it
            else:
                return
        try:
            drawn = await self.studio.picture(chart, press.theme)
        except StudioBusyError:
            await toast(update, say.busy())
            return
        upload = InputFile(drawn, filename="timeline.png")
        if sizes := await _show(update, above, upload, caption):
            self.sent.keep(key, sizes[-1].file_id)


async def _show(
    update: Update, above: Message, photo: InputFile | str, caption: Caption
) -> tuple[PhotoSize, ...]:
    """Put the picture in place of the one above the button, or send it below a page of words.

    Returns Telegram's own sizes of it; none where it stands there already.
    """
    await notice(update)
    if not above.photo:
        sent = await above.reply_photo(
            photo,
            caption=caption.text,
            caption_entities=caption.entities,
            reply_markup=caption.markup,
            do_quote=above.chat.type != above.chat.PRIVATE,
        )
        return sent.photo
    media = InputMediaPhoto(photo, caption=caption.text, caption_entities=caption.entities)
    try:
        changed = await above.edit_media(media, reply_markup=caption.markup)
    except BadRequest as error:
        if "not modified" not in error.message.casefold():
            raise
        return ()  # pressed twice
    return changed.photo if isinstance(changed, Message) else ()


def picture_of(db: Connection, press: PicturePage) -> Pictured | None:
    """Read the events that the button asks for, or None where there are none any more."""
    story, as_of = sources.story(db), sources.as_of(db)
    chosen = chosen_by(db, press.scope)
    if story is None or as_of is None or chosen is None:
        return None
    page = _full(db, chosen.filter, press.offset)
    if not page.events:
        return None
    return Pictured(
        page=page,
        sides=sides_of_events(db, [event.key for event in page.events]),
        story=story,
        as_of=as_of,
        title=chosen.title,
        persons=chosen.persons,
        press=press,
    )


def _full(db: Connection, chosen: TimelineFilter, offset: int | None) -> TimelinePage:
    """Read as many events as a picture holds; without an offset those around "as of"."""
    if offset is None:
        first = timeline.timeline(db, chosen, limit=1)
        offset = first.offset + 1 - _BEFORE_AS_OF
        total = first.total
    else:
        total = timeline.timeline(db, chosen, limit=1, offset=0).total
    begins = max(min(offset, total - EVENTS_A_PICTURE), 0)
    return timeline.timeline(db, chosen, limit=EVENTS_A_PICTURE, offset=begins)
