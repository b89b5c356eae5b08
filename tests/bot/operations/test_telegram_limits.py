"""Whether what is rendered can be sent."""

from dataclasses import replace

from bot.i18n import Translators
from bot.operations.telegram_limits import find_oversized
from course.model import Course
from course.reminders.rhythm import ReminderKind, Rhythm
from tests.support.running import real_course

ENGLISH = Translators.load().for_language("en")


def test_every_screen_of_the_real_course_can_be_sent() -> None:
    assert list(find_oversized(ENGLISH, real_course())) == []


def test_a_screen_that_telegram_would_refuse_is_named() -> None:
    course = _with_text("word " * 900)

    found = dict(find_oversized(ENGLISH, course))

    assert set(found) == {"m1l1c1"}
    assert "and 4096 fit" in found["m1l1c1"]


def test_characters_outside_the_basic_plane_count_twice() -> None:
    fits, does_not = _with_text("\U0001f600" * 1900), _with_text("\U0001f600" * 2048)

    assert not list(find_oversized(ENGLISH, fits))
    assert list(find_oversized(ENGLISH, does_not))


def _with_text(text: str) -> Course:
    course = real_course()
    module = course.modules[0]
    lesson = module.lessons[0]
    card = replace(lesson.cards[0], text=text)
    lesson = replace(lesson, cards=(card, *lesson.cards[1:]))
    module = replace(module, lessons=(lesson, *module.lessons[1:]))
    return replace(course, modules=(module,))


def test_a_reminder_that_no_question_fits_under_is_found() -> None:
    wordy = Rhythm(wordings={ReminderKind.FIRST: ("x" * 3_900,)})

    assert list(find_oversized(ENGLISH, replace(real_course(), rhythm=wordy)))
