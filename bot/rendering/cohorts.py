"""Cohorts, as shown to their facilitators."""

from collections.abc import Sequence

from bot.actions.cohorts import Led, Page, Wanted
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from course import local_time
from storage.cohorts import Cohort, State

AT_A_TIME = 6
"""Cohorts on one page: more buttons are hard to read."""


def listed(_: Voice, mine: Sequence[Cohort], page: int) -> Reply:
    """A page of the person's cohorts, from 0; a page beyond the end gives the first."""
    if not mine:
        text = parts.lines(
            _("You have no cohort yet."),
            _("/newcohort makes one: I ask for its name and dates, one after the other."),
        )
        return Reply(text, ((button(_("Make a cohort"), "new"),),))
    page = page if page * AT_A_TIME < len(mine) else 0
    shown = mine[page * AT_A_TIME : (page + 1) * AT_A_TIME]
    text = parts.lines(
        parts.bold(_("Your cohorts")),
        "\n".join(f"{parts.name(one.name)} · {brief(_, one)}" for one in shown),
    )
    rows = tuple((button(one.name, "open", one.id),) for one in shown)
    return Reply(text, rows + _turning(_, "list", 0, page, (page + 1) * AT_A_TIME >= len(mine)))


def several(_: Voice, found: Sequence[Cohort]) -> Reply:
    """Asks which cohort is meant, since several have this name."""
    text = _("You have several that are called so. Which one do you mean?")
    return Reply(text, tuple((button(one.name, "open", one.id),) for one in found[:AT_A_TIME]))


def one(_: Voice, led: Led) -> Reply:
    """Everything about one cohort, and its actions."""
    cohort = led.cohort
    text = parts.lines(
        parts.bold(parts.name(cohort.name)),
        f"{_state(_, cohort)} {_people(_, cohort)}",
        _dates(_, cohort),
        _("People who join read: {text}", text=parts.quotation(parts.plain_text(cohort.welcome)))
        if cohort.welcome
        else None,
        _links(_, led) if cohort.state is State.OPEN else None,
        _.ngettext("{number} facilitator.", "{number} facilitators.", led.facilitators)
        + " "
        + _group(_, cohort),
    )
    return Reply(text, _choices(_, cohort))


def brief(_: Voice, cohort: Cohort) -> str:
    """A cohort's state and size, in half a line."""
    people = _.ngettext("{number} person", "{number} people", cohort.members)
    state = {
        State.OPEN: _("open"),
        State.CLOSED: _("closed"),
        State.ARCHIVED: _("over"),
    }[cohort.state]
    return f"{state} · {people}"


def changing(_: Voice, cohort: Cohort) -> Reply:
    """Asks which field of a cohort to change."""
    text = parts.lines(
        parts.bold(parts.name(cohort.name)),
        _dates(_, cohort),
        _("What do you want to change?"),
    )
    labels = (
        ("name", _("Name")), ("starts", _("Start")), ("deadline", _("Deadline")),
        ("zone", _("City of its clock")), ("welcome", _("Welcome text")), ("capacity", _("Places")),
    )  # fmt: skip
    fields = [button(label, "field", cohort.id, field) for field, label in labels]
    rows = tuple(tuple(fields[at : at + 3]) for at in range(0, len(fields), 3))
    return Reply(text, (*rows, (_back(_, cohort.id),)))


def wanted(_: Voice, described: Wanted) -> Reply:
    """Asks for confirmation before a cohort is created."""
    like = Cohort(
        0, described.name, described.starts_at, described.deadline, described.zone,
        described.welcome, described.capacity, State.OPEN, None, 0,
    )  # fmt: skip
    text = parts.lines(
        _("This is the cohort as I understand it:"),
        parts.bold(parts.name(described.name)),
        _.ngettext("{number} place.", "{number} places.", described.capacity)
        if described.capacity is not None
        else _("No limit of people."),
        _dates(_, like),
        _("People who join read: {text}", text=parts.quotation(parts.plain_text(like.welcome)))
        if like.welcome
        else None,
    )
    return Reply(text, ((button(_("Make it"), "make"), button(_("Cancel"), "cancel")),))


def members(_: Voice, page: Page) -> Reply:
    """A page of a cohort's members, by their chosen names or pseudonyms."""
    lines = "\n".join(
        _(
            "{name}, since {day}",
            name=parts.name(one.called),
            day=_.day(local_time.local(page.cohort.zone, one.joined_at).date()),
        )
        for one in page.members
    )
    text = parts.lines(
        parts.bold(parts.name(page.cohort.name)),
        _people(_, page.cohort),
        lines or _("Nobody has joined yet."),
        _("You see the name that each person chose for you, or one that I gave them."),
    )
    rows = _turning(_, "members", page.cohort.id, page.number, page.is_last)
    return Reply(text, (*rows, (_back(_, page.cohort.id),)))


def ending(_: Voice, cohort: Cohort) -> Reply:
    """Asks for confirmation before a cohort is archived."""
    text = parts.lines(
        _("End this cohort?") + "\n" + parts.bold(parts.name(cohort.name)),
        _(
            "Its links stop working, its deadline no longer counts, and nothing is sent to it any"
            " more. Everybody keeps their place in the course. It cannot be opened again."
        ),
    )
    end = button(_("End it"), "archive-now", cohort.id)
    return Reply(text, ((end, button(_("Keep it"), "open", cohort.id)),))


def bound(_: Voice) -> Reply:
    """Tells a group that it now gets a cohort's weekly summary."""
    return Reply(
        parts.lines(
            _("This group now gets a short summary once a week: how many people are how far."),
            _("It names nobody. I say nothing else here, and I read nothing here."),
            _("A facilitator ends it with /unbind."),
        )
    )


def in_group_only(_: Voice) -> Reply:
    """Tells that /bind and /unbind work in groups only."""
    return Reply(
        _(
            "Add me to the group and type /bind there, with the name of the cohort behind it. The"
            " group then gets a short summary once a week, without names."
        )
    )


def bind_which(_: Voice, command: str) -> Reply:
    """Asks, in a group, for the name of the cohort.

    Args:
        command: the command that was typed, "bind" or "unbind".
    """
    return Reply(
        _(
            "Please type the name of your cohort behind it: {example}",
            example=f"/{command} Nairobi",
        )
    )


def bind_none(_: Voice, command: str) -> Reply:
    """Tells, in a group, that the facilitator has no such cohort."""
    if command == "unbind":
        return Reply(_("No cohort of yours with that name has its summary sent here."))
    return Reply(_("You have no cohort with that name. /cohorts in our private chat lists yours."))


def unbound(_: Voice) -> Reply:
    """Tells a group that it no longer gets a summary."""
    return Reply(_("This group gets no summary any more."))


def date_of(_: Voice, at: int, zone: str) -> str:
    """A day with its year, in the time zone `zone`."""
    day = local_time.local(zone, at).date()
    return _("{day} {year}", day=_.day(day), year=str(day.year))


def deadline_of(_: Voice, at: int, zone: str) -> str:
    """A deadline: day, time, and the city of its time zone."""
    return _(
        "{day}, {time} ({city})",
        day=date_of(_, at, zone),
        time=_.time(local_time.minute(local_time.local(zone, at))),
        city=parts.plain_text(_.city(zone)),
    )


def button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button of a cohort."""
    return parts.button(label, Manage("k", what, number, value))


def _choices(_: Voice, cohort: Cohort) -> Rows:
    number = cohort.id
    people = button(_("Members"), "members", number)
    if cohort.state is State.ARCHIVED:
        return ((people,), (button(_("All cohorts"), "list"),))
    is_open = cohort.state is State.OPEN
    return (
        (button(_("Invite"), "links", number), people) if is_open else (people,),
        (
            button(_("Change"), "change", number),
            button(_("Close"), "close", number) if is_open
            else button(_("Open again"), "reopen", number),
        ),
        (button(_("Add a facilitator"), "grant", number), button(_("End it"), "archive", number)),
        (button(_("All cohorts"), "list"),),
    )  # fmt: skip


def _state(_: Voice, cohort: Cohort) -> str:
    return {
        State.OPEN: _("Open: people can join."),
        State.CLOSED: _("Closed: nobody can join, and everything else goes on."),
        State.ARCHIVED: _("Over."),
    }[cohort.state]


def _people(_: Voice, cohort: Cohort) -> str:
    if cohort.capacity is None:
        return _.ngettext(
            "{number} person belongs to it.", "{number} people belong to it.", cohort.members
        )
    return _.ngettext(
        "{number} of {places} places is taken.",
        "{number} of {places} places are taken.",
        cohort.members,
        places=_.number(cohort.capacity),
    )


def _dates(_: Voice, cohort: Cohort) -> str:
    start, deadline = cohort.starts_at, cohort.deadline
    return "\n".join(
        (
            _("Start: {date}", date=date_of(_, start, cohort.zone))
            if start is not None
            else _("Start: none"),
            _("Deadline: {date}", date=deadline_of(_, deadline, cohort.zone))
            if deadline is not None
            else _("Deadline: none"),
        )
    )


def _links(_: Voice, led: Led) -> str:
    serving = [one for one in led.links if one.serves(led.now)]
    if not serving:
        return _("There is no link to join it now. Invite makes one.")
    return _.ngettext(
        "{number} link to join it works now.", "{number} links to join it work now.", len(serving)
    )


def _group(_: Voice, cohort: Cohort) -> str:
    if cohort.group is not None:
        return _("A group gets its weekly summary.")
    return _("No group gets its weekly summary; /bind in a group changes that.")


def _turning(_: Voice, what: str, number: int, page: int, is_last: bool) -> Rows:
    back = (button(_("Earlier"), what, number, str(page - 1)),) if page else ()
    forth = () if is_last else (button(_("More"), what, number, str(page + 1)),)
    row = back + forth
    return (row,) if row else ()


def _back(_: Voice, cohort: int) -> Button:
    return button(_("Back"), "open", cohort)
