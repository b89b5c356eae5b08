"""Defects of craft within one question."""

from tests.authoring.craft_seeds import (
    FOUR_GUESTS,
    LEAVES,
    WATER,
    asked,
    broken,
    option,
)

STEMS = (
    broken(
        "stems_ask",
        "a story without a question",
        "neither",
        (WATER, FOUR_GUESTS, "text: »Four guests want one cup each. The kettle is at hand."),
    ),
    broken(
        "stems_ask", "a sentence to go on", "neither", asked("»The vessel that the guild wants is")
    ),
    broken("stems_hold_the_question", "three words", "asks nothing", asked("»Which is right?")),
    broken(
        "stems_hold_the_question",
        "no topic",
        "asks nothing",
        asked("»Which of these statements is true?"),
    ),
    broken(
        "stems_are_positive",
        "not",
        "not so",
        asked("»Which vessel does the rule of the guild not ask for?"),
    ),
    broken(
        "stems_are_positive",
        "does not",
        "not so",
        asked("»Think of the guild. Which vessel doesn't it ask for?"),
    ),
    broken(
        "stems_are_positive",
        "false",
        "not so",
        asked("»Which of these words about the guild is false?"),
    ),
    broken(
        "stems_are_positive",
        "except",
        "not so",
        asked("»The guild asks for each of these except which one?"),
    ),
    broken(
        "stems_are_positive",
        "least",
        "not so",
        asked("»Which vessel is least suitable for the guild?"),
    ),
    broken(
        "stems_are_positive",
        "an instruction",
        "not so",
        asked("»Choose the vessel that is not wanted by the guild."),
    ),
    broken(
        "stems_are_positive",
        "in capitals",
        "not so",
        asked("»Where would the guild NOT put its leaves?"),
    ),
)

_THIRD_OF_THREE = """\
      - id: c
        text: With as much as is light
        feedback: Weight is hard to feel, and it differs with the kettle.
"""
_A_FIFTH = """\
      - {id: e, text: A cloth around it, feedback: A cloth keeps the heat in it for longer.}
      - id: d
        text: A pinch"""

OPTIONS = (
    broken(
        "there_are_three_or_four_options",
        "two in a test",
        "2 options",
        (WATER, f"{FOUR_GUESTS}\n    options:", f"{FOUR_GUESTS}\n    »options:"),
        (WATER, _THIRD_OF_THREE, ""),
    ),
    broken(
        "there_are_three_or_four_options",
        "five",
        "5 options",
        (WATER, "suits green tea?\n    options:", "suits green tea?\n    »options:"),
        (WATER, "      - id: d\n        text: A pinch", _A_FIFTH),
    ),
    broken(
        "options_stand_alone",
        "all of the above",
        "other options",
        option("A paper bag", "»All of the above"),
    ),
    broken(
        "options_stand_alone",
        "none of these",
        "other options",
        option("A paper bag", "»None of these is right."),
    ),
    broken(
        "options_stand_alone",
        "both A and B",
        "other options",
        option("A paper bag", "»Both A and B"),
    ),
    broken("options_stand_alone", "A or B", "other options", option("A paper bag", "»A or B")),
    broken(
        "options_do_not_overlap",
        "one within another",
        "all of another one",
        option("A paper bag", "»A glass jar in a bag"),
    ),
    broken(
        "options_do_not_overlap",
        "ranges",
        "overlaps",
        option("60 degrees", "60 to 70 degrees", WATER),
        option("95 degrees", "»65 to 72 degrees", WATER),
    ),
    broken(
        "options_do_not_overlap",
        "open ranges",
        "overlaps",
        option("60 degrees", "less than 70 degrees", WATER),
        option("95 degrees", "»at most 65 degrees", WATER),
    ),
    broken(
        "the_key_is_not_far_longer",
        "a long key",
        "characters",
        option(
            "A closed tin", "»A closed tin, as it keeps out light and air and moist rooms alike"
        ),
    ),
    broken(
        "the_key_is_not_far_longer",
        "short distractors",
        "characters",
        option(
            "With what both pots hold",
            "»With what both of the pots hold when they are filled up to the rim",
            WATER,
        ),
    ),
    broken(
        "feedback_explains",
        "no",
        "begins with No",
        (LEAVES, "feedback: Paper keeps light", "feedback: »No, paper keeps light"),
    ),
    broken(
        "feedback_explains",
        "right",
        "begins with Right",
        (LEAVES, "feedback: You know the rule, which", 'feedback: »"Right: you know the rule. It'),
        (LEAVES, "thinks of all three enemies.", 'thinks of all three enemies."'),
    ),
    broken(
        "feedback_explains",
        "two words",
        "fewer than 5",
        (
            WATER,
            "feedback: Weight is hard to feel, and it differs with the kettle.",
            "feedback: »Weight differs.",
        ),
    ),
)

CUES = (
    broken(
        "absolute_words_are_not_only_in_distractors",
        "only",
        "only stands",
        option("A glass jar", "»Only a glass jar"),
    ),
    broken(
        "absolute_words_are_not_only_in_distractors",
        "never",
        "never stands",
        option(
            "They had bought kettles that boil too slowly.",
            "»They had bought kettles that never boil fast.",
            WATER,
        ),
    ),
    broken(
        "absolute_words_are_not_only_in_distractors",
        "two of them",
        "must stands",
        option("A glass jar", "»It must be glass"),
        option("A paper bag", "»It must be paper"),
    ),
    broken(
        "hedges_are_not_only_in_the_key",
        "often",
        "Often stands",
        option("A closed tin", "»Often a closed tin"),
    ),
    broken(
        "hedges_are_not_only_in_the_key",
        "can",
        "can stands",
        option(
            "Wait with an open lid, and pour after that",
            "»Wait until you can touch it, and then pour",
            WATER,
        ),
    ),
    broken(
        "articles_fit_all_options",
        "a",
        "ends with a",
        asked('»"What the guild asks for is called a ..."'),
        option("A closed tin", "Closed tin"),
        option("A glass jar", "Open jar"),
        option("A paper bag", "Paper bag"),
    ),
    broken(
        "articles_fit_all_options",
        "an",
        "ends with an",
        asked("»Say what the guild asks for. It is an"),
        option("A closed tin", "Airtight tin"),
        option("A glass jar", "Glass jar"),
        option("A paper bag", "Paper bag"),
    ),
    broken(
        "the_key_does_not_echo_the_stem",
        "one word",
        "vessel stands",
        option("A closed tin", "»A closed vessel"),
    ),
    broken(
        "the_key_does_not_echo_the_stem",
        "one of many",
        "kitchen stands",
        option("How warm the kitchen was", "How warm it was there"),
        option("How dry the leaves are", "»How moist the kitchen is"),
    ),
)
