"""Cohorts, as shown to their facilitators."""

from collections.abc import Sequence

from bot.actions.cohorts import CohortDetails, MembersPage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.parsing.cohort_form import CohortDescription
from bot.rendering import parts
from course import local_time
from storage.cohorts import Cohort, CohortState

PAGE_SIZE = 6
"""Cohorts on one page: more buttons are hard to read."""


def cohort_list(_: Translator, mine: Sequence[Cohort], page: int) -> Reply:
    """A page of the person's cohorts, from 0; a page beyond the end gives the first."""
    if not mine:
        text = parts.join_paragraphs(
            _("You have no cohort yet."),
            _("/newcohort makes one: I ask for its name and dates, one after the other."),
        )
        return Reply(text, ((cohort_button(_("Make a cohort"), "new"),),))
    page = page if page * PAGE_SIZE < len(mine) else 0
    shown = mine[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    text = parts.join_paragraphs(
        parts.bold(_("Your cohorts")),
        "\n".join(f"{parts.safe_name(one.name)} · {cohort_line(_, one)}" for one in shown),
    )
    rows = tuple((cohort_button(one.name, "open", one.id),) for one in shown)
    return Reply(
        text, rows + _page_buttons(_, "list", 0, page, (page + 1) * PAGE_SIZE >= len(mine))
    )


def which_cohort(_: Translator, found: Sequence[Cohort]) -> Reply:
    """Asks which cohort is meant, since several have this name."""
    text = _("You have several that are called so. Which one do you mean?")
    return Reply(
        text, tuple((cohort_button(one.name, "open", one.id),) for one in found[:PAGE_SIZE])
    )


def cohort_page(_: Translator, details: CohortDetails) -> Reply:
    """Everything about one cohort, and its actions."""
    cohort = details.cohort
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(cohort.name)),
        f"{_state(_, cohort)} {_people(_, cohort)}",
        _dates(_, cohort),
        _("People who join read: {text}", text=parts.quotation(parts.plain_text(cohort.welcome)))
        if cohort.welcome
        else None,
        _links(_, details) if cohort.state is CohortState.OPEN else None,
        _.ngettext("{number} facilitator.", "{number} facilitators.", details.facilitators)
        + " "
        + _group(_, cohort),
    )
    return Reply(text, _choices(_, cohort))


def cohort_line(_: Translator, cohort: Cohort) -> str:
    """A cohort's state and size, in half a line."""
    people = _.ngettext("{number} person", "{number} people", cohort.members)
    state = {
        CohortState.OPEN: _("open"),
        CohortState.CLOSED: _("closed"),
        CohortState.ARCHIVED: _("over"),
    }[cohort.state]
    return f"{state} · {people}"


def what_to_change(_: Translator, cohort: Cohort) -> Reply:
    """Asks which field of a cohort to change."""
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(cohort.name)),
        _dates(_, cohort),
        _("What do you want to change?"),
    )
    labels = (
        ("name", _("Name")), ("starts", _("Start")), ("deadline", _("Deadline")),
        ("zone", _("City of its clock")), ("welcome", _("Welcome text")), ("capacity", _("Places")),
    )  # fmt: skip
    fields = [cohort_button(label, "field", cohort.id, field) for field, label in labels]
    rows = tuple(tuple(fields[at : at + 3]) for at in range(0, len(fields), 3))
    return Reply(text, (*rows, (_back_button(_, cohort.id),)))


def confirm_new_cohort(_: Translator, described: CohortDescription) -> Reply:
    """Asks for confirmation before a cohort is created."""
    like = Cohort(
        0, described.name, described.starts_at, described.deadline, described.zone,
        described.welcome, described.capacity, CohortState.OPEN, None, 0,
    )  # fmt: skip
    text = parts.join_paragraphs(
        _("This is the cohort as I understand it:"),
        parts.bold(parts.safe_name(described.name)),
        _.ngettext("{number} place.", "{number} places.", described.capacity)
        if described.capacity is not None
        else _("No limit of people."),
        _dates(_, like),
        _("People who join read: {text}", text=parts.quotation(parts.plain_text(like.welcome)))
        if like.welcome
        else None,
    )
    return Reply(
        text, ((cohort_button(_("Make it"), "make"), cohort_button(_("Cancel"), "cancel")),)
    )


def members_page(_: Translator, page: MembersPage) -> Reply:
    """A page of a cohort's members, by their chosen names or pseudonyms."""
    lines = "\n".join(
        _(
            "{name}, since {day}",
            name=parts.safe_name(one.display_name),
            day=_.day(local_time.to_local(page.cohort.zone, one.joined_at).date()),
        )
        for one in page.members
    )
    text = parts.join_paragraphs(
        parts.bold(parts.safe_name(page.cohort.name)),
        _people(_, page.cohort),
        lines or _("Nobody has joined yet."),
        _("You see the name that each person chose for you, or one that I gave them."),
    )
    rows = _page_buttons(_, "members", page.cohort.id, page.number, page.is_last)
    return Reply(text, (*rows, (_back_button(_, page.cohort.id),)))


def confirm_archive(_: Translator, cohort: Cohort) -> Reply:
    """Asks for confirmation before a cohort is archived."""
    text = parts.join_paragraphs(
        _("End this cohort?") + "\n" + parts.bold(parts.safe_name(cohort.name)),
        _(
            "Its links stop working, its deadline no longer counts, and nothing is sent to it any"
            " more. Everybody keeps their place in the course. It cannot be opened again."
        ),
    )
    end = cohort_button(_("End it"), "archive-now", cohort.id)
    return Reply(text, ((end, cohort_button(_("Keep it"), "open", cohort.id)),))


def group_bound(_: Translator) -> Reply:
    """Tells a group that it now gets a cohort's weekly summary."""
    return Reply(
        parts.join_paragraphs(
            _("This group now gets a short summary once a week: how many people are how far."),
            _("It names nobody. I say nothing else here, and I read nothing here."),
            _("A facilitator ends it with /unbind."),
        )
    )


def in_group_only(_: Translator) -> Reply:
    """Tells that /bind and /unbind work in groups only."""
    return Reply(
        _(
            "Add me to the group and type /bind there, with the name of the cohort behind it. The"
            " group then gets a short summary once a week, without names."
        )
    )


def bind_needs_name(_: Translator, command: str) -> Reply:
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


def bind_not_found(_: Translator, command: str) -> Reply:
    """Tells, in a group, that the facilitator has no such cohort."""
    if command == "unbind":
        return Reply(_("No cohort of yours with that name has its summary sent here."))
    return Reply(_("You have no cohort with that name. /cohorts in our private chat lists yours."))


def group_unbound(_: Translator) -> Reply:
    """Tells a group that it no longer gets a summary."""
    return Reply(_("This group gets no summary any more."))


def date_text(_: Translator, at: int, zone: str) -> str:
    """A day with its year, in the time zone `zone`."""
    day = local_time.to_local(zone, at).date()
    return _("{day} {year}", day=_.day(day), year=str(day.year))


def deadline_text(_: Translator, at: int, zone: str) -> str:
    """A deadline: day, time, and the city of its time zone."""
    return _(
        "{day}, {time} ({city})",
        day=date_text(_, at, zone),
        time=_.time(local_time.clock_minute(local_time.to_local(zone, at))),
        city=parts.plain_text(_.city(zone)),
    )


def cohort_button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button of a cohort."""
    return parts.button(label, ManagePress("k", what, number, value))


def _choices(_: Translator, cohort: Cohort) -> Rows:
    number = cohort.id
    people = cohort_button(_("Members"), "members", number)
    if cohort.state is CohortState.ARCHIVED:
        return ((people,), (cohort_button(_("All cohorts"), "list"),))
    is_open = cohort.state is CohortState.OPEN
    return (
        (cohort_button(_("Invite"), "links", number), people) if is_open else (people,),
        (
            cohort_button(_("Change"), "change", number),
            cohort_button(_("Close"), "close", number)
            if is_open
            else cohort_button(_("Open again"), "reopen", number),
        ),
        (
            cohort_button(_("Add a facilitator"), "grant", number),
            cohort_button(_("End it"), "archive", number),
        ),
        (cohort_button(_("All cohorts"), "list"),),
    )


def _state(_: Translator, cohort: Cohort) -> str:
    return {
        CohortState.OPEN: _("Open: people can join."),
        CohortState.CLOSED: _("Closed: nobody can join, and everything else goes on."),
        CohortState.ARCHIVED: _("Over."),
    }[cohort.state]


def _people(_: Translator, cohort: Cohort) -> str:
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


def _dates(_: Translator, cohort: Cohort) -> str:
    start, deadline = cohort.starts_at, cohort.deadline
    return "\n".join(
        (
            _("Start: {date}", date=date_text(_, start, cohort.zone))
            if start is not None
            else _("Start: none"),
            _("Deadline: {date}", date=deadline_text(_, deadline, cohort.zone))
            if deadline is not None
            else _("Deadline: none"),
        )
    )


def _links(_: Translator, details: CohortDetails) -> str:
    serving = [one for one in details.links if one.is_usable(details.now)]
    if not serving:
        return _("There is no link to join it now. Invite makes one.")
    return _.ngettext(
        "{number} link to join it works now.", "{number} links to join it work now.", len(serving)
    )


def _group(_: Translator, cohort: Cohort) -> str:
    if cohort.group is not None:
        return _("A group gets its weekly summary.")
    return _("No group gets its weekly summary; /bind in a group changes that.")


def _page_buttons(_: Translator, what: str, number: int, page: int, is_last: bool) -> Rows:
    back = (cohort_button(_("Earlier"), what, number, str(page - 1)),) if page else ()
    forth = () if is_last else (cohort_button(_("More"), what, number, str(page + 1)),)
    row = back + forth
    return (row,) if row else ()


def _back_button(_: Translator, cohort: int) -> Button:
    return cohort_button(_("Back"), "open", cohort)
