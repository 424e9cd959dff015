"""All that the bot answers to, on one screen; and who answers it."""

import secrets
from dataclasses import dataclass

from telegram import Update

from bot.access import Door
from bot.commands.admin import Admin, Clock, for_admins
from bot.commands.buttons import Buttons
from bot.commands.catchup import CatchUp
from bot.commands.channels import Channels
from bot.commands.command import Command, Context, Handler
from bot.commands.data import Data
from bot.commands.digest import Digest
from bot.commands.disputed import Disputed
from bot.commands.drafts import Drafts
from bot.commands.export import Export
from bot.commands.following import Follows
from bot.commands.inline import Inline
from bot.commands.invitations import Invitations
from bot.commands.next import Next
from bot.commands.picture import Pictures
from bot.commands.questions import Questions
from bot.commands.quotes import Quotes
from bot.commands.review import Review
from bot.commands.search import Search
from bot.commands.settings import SetDigest
from bot.commands.sources import Sources
from bot.commands.start import Help, Start
from bot.commands.steering import Steering
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.digest.tick import Tick
from bot.languages import Languages
from bot.locales import N_
from config import __version__
from store.database import Database
from store.ingest.fetch import Fetcher
from store.ingest.loading import Loader
from store.ledger.values import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Who answers what: commands, pressed buttons, plain words, and what chats do."""

    commands: tuple[Command, ...]
    buttons: Buttons
    questions: Questions
    help: Help
    digest: Digest
    settings: SetDigest
    languages: Languages
    channels: Channels
    inline: Inline
    drafts: Drafts
    tick: Tick


def build_answers(
    *,
    knowledge: Database,
    ledger: Database,
    loader: Loader,
    admins: frozenset[int],
    rhythm: Rhythm,
    clock: Clock,
    door: Door,
) -> Answers:
    """Build all that answers. `rhythm` is a chat's until it chooses its own."""
    follows = Follows(knowledge=knowledge, ledger=ledger, clock=clock)
    who = Who(knowledge=knowledge, marked=follows.marked)
    timeline = Timeline(knowledge=knowledge, who=who)
    quotes = Quotes(knowledge=knowledge, who=who)
    sources = Sources(knowledge=knowledge)
    search = Search(knowledge=knowledge)
    next_ = Next(knowledge=knowledge)
    disputed = Disputed(knowledge=knowledge)
    questions = Questions(
        knowledge=knowledge,
        who=who,
        timeline=timeline,
        quotes=quotes,
        search=search,
        sources=sources,
        next=next_,
        disputed=disputed,
    )
    start = Start(knowledge=knowledge, who=who, sources=sources, timeline=timeline)
    admin = Admin(knowledge=knowledge, loader=loader, admins=admins, clock=clock, started=clock())
    review = Review(knowledge=knowledge, admins=admins)
    languages = Languages(ledger=ledger, clock=clock)
    tick = Tick(knowledge=knowledge, ledger=ledger, clock=clock, door=door)
    digest = Digest(ledger=ledger, languages=languages, tick=tick, clock=clock, default=rhythm)
    settings = SetDigest(ledger=ledger, languages=languages, clock=clock, default=rhythm)
    invitations = Invitations(
        ledger=ledger, door=door, clock=clock, secret=lambda: secrets.token_urlsafe(16)
    )
    channels = Channels(
        ledger=ledger,
        digest=digest,
        settings=settings,
        languages=languages,
        clock=clock,
        default=rhythm,
    )
    catch_up = CatchUp(
        knowledge=knowledge,
        ledger=ledger,
        timeline=timeline,
        tick=tick,
        clock=clock,
        default=rhythm,
    )
    export = Export(knowledge=knowledge, timeline=timeline, clock=clock)
    data = Data(ledger=ledger, languages=languages, clock=clock)
    steering = Steering(ledger=ledger, digest=digest, admins=admins, clock=clock, default=rhythm)

    async def give_help(update: Update, context: Context) -> None:
        await help_.answer(update, context)

    def reader(name: str, answer: Handler, says: str, arguments: str = "") -> Command:
        return Command(name=name, answer=answer, description=says, arguments=arguments)

    def steers(name: str, answer: Handler, says: str, arguments: str = "") -> Command:
        guarded = for_admins(answer, admins)
        return Command(name=name, answer=guarded, description=says, arguments=arguments, admin=True)

    what_and_how = N_("[person] [place] [dates] [ics | csv | md]")
    # Translators: "about" stays: it is read in English only.
    whose = N_("[NAME] [about TOPIC]")
    # Translators: "since" stays: it is read in English only.
    when = N_("[person] [place] [2014 | 2021-06 | 2022-01-09..2022-01-12 | since …]")
    commands = (
        reader("start", start.answer, N_("what this story is")),
        reader("help", give_help, N_("what I answer to")),
        reader("who", who.answer, N_("who somebody is, or what something is"), N_("NAME")),
        reader("timeline", timeline.answer, N_("what happened, and what is planned"), when),
        reader("next", next_.answer, N_("what is planned")),
        reader("quotes", quotes.answer, N_("who said what"), whose),
        reader("disputed", disputed.answer, N_("where the sources differ")),
        reader("search", search.answer, N_("where words stand"), N_("WORDS")),
        reader("latest", catch_up.latest, N_("where the story stands")),
        reader("catchup", catch_up.answer, N_("what is new since you last read")),
        reader("export", export.answer, N_("a timeline as a file"), what_and_how),
        reader("sources", sources.answer, N_("where it all comes from")),
        reader("digest", digest.show, N_("what is new for this chat")),
        reader(
            "subscribe",
            channels.subscribe,
            N_("get the digest each day"),
            N_("[@CHANNEL] [HH:MM] [ZONE]"),
        ),
        reader("unsubscribe", digest.unsubscribe, N_("get no digest any more")),
        reader("following", follows.list, N_("what this chat follows and mutes")),
        reader("settings", settings.show, N_("how the digest is set, and the language")),
        reader("channels", channels.list, N_("the channels that you steer")),
        reader("why", steering.why, N_("what became of this chat's digests")),
        reader("privacy", data.privacy, N_("what is kept about a chat")),
        reader("mydata", data.hand_over, N_("all that is kept about this chat")),
        reader("forget", data.ask, N_("delete what is kept about this chat")),
        steers("reload", admin.reload, N_("make the knowledge equal to the files"), N_("[undo]")),
        steers("review", review.answer, N_("the entries that wait for review, one by one")),
        steers("status", admin.status, N_("how the bot is")),
        steers("broadcast", steering.broadcast, N_("how the running or last broadcast stands")),
        steers("preview", steering.preview, N_("what a chat would get now"), N_("CHAT")),
        steers("corrections", steering.corrections, N_("what was corrected since it was sent")),
        steers(
            "announce", steering.announce, N_("send words to all who get the digest"), N_("TEXT")
        ),
        steers(
            "invite",
            invitations.invite,
            N_("make a link that lets people in"),
            N_("[PEOPLE] [DAYSd] [LABEL]"),
        ),
        steers("invites", invitations.list, N_("the invitations that are open")),
        steers("expel", invitations.expel, N_("let somebody in no more"), N_("ID")),
    )
    help_ = Help(entries=[command.entry for command in commands], admins=admins)
    buttons = Buttons(
        who=who,
        follows=follows,
        timeline=timeline,
        pictures=Pictures(knowledge=knowledge),
        quotes=quotes,
        search=search,
        next=next_,
        disputed=disputed,
        catch_up=catch_up,
        export=export,
        sources=sources,
        help=help_,
        steering=steering,
        settings=settings,
        data=data,
        invitations=invitations,
        channels=channels,
        admin=admin,
        review=review,
    )
    return Answers(
        commands=commands,
        buttons=buttons,
        questions=questions,
        help=help_,
        digest=digest,
        settings=settings,
        languages=languages,
        channels=channels,
        inline=Inline(knowledge=knowledge, who=who),
        drafts=Drafts(
            knowledge=knowledge,
            admins=admins,
            fetch=Fetcher(agent=f"attache/{__version__}"),
            clock=clock,
            otherwise_file=help_.no_text,
            otherwise_words=questions.answer,
        ),
        tick=tick,
    )
