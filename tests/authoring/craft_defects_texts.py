"""Defects of craft in figures, years and words."""

from tests.authoring.craft_seeds import (
    GLOSSARY,
    LEAVES,
    ROOT,
    WATER,
    broken,
    option,
)

FIGURES = (
    broken(
        "figures_are_in_cited_facts",
        "a share in a title",
        "Eight in ten",
        (WATER, "title: Nine in ten", "title: »Eight in ten"),
    ),
    broken(
        "figures_are_in_cited_facts",
        "in a picture",
        "nine in twelve",
        (
            WATER,
            "In 2021 nine in ten people heated too much.\n",
            "In 2021 »nine in twelve people heated too much.\n",
        ),
    ),
    broken(
        "figures_are_in_cited_facts",
        "in feedback to a wrong answer",
        "figure 12",
        (WATER, "good for black tea.\n", "good for »12 black teas.\n"),
    ),
    broken(
        "figures_are_in_cited_facts",
        "in a right answer",
        "figure 75.5",
        option("75 degrees", "»75.5 degrees", WATER),
    ),
    broken(
        "figures_are_in_cited_facts",
        "in a term",
        "figure 74",
        (GLOSSARY, "75 degrees", "»74 degrees"),
    ),
    broken(
        "recalled_facts_carry_no_figures",
        "in a card",
        "recalled",
        (
            WATER,
            "text: Fill each cup with cold water,",
            "text: Fill each cup with »250 millilitres of cold water,",
        ),
    ),
    broken(
        "recalled_facts_carry_no_figures",
        "in feedback",
        "recalled",
        (WATER, "the vessel that is filled later", "the vessel of »250 millilitres"),
    ),
    broken(
        "figures_have_their_year",
        "a question",
        "no year in its text or idea",
        (WATER, "In the study of 2018, at which heat", "At which heat"),
        option("75 degrees", "»75 degrees", WATER),
    ),
    broken(
        "figures_have_their_year",
        "a term",
        "this term has",
        (GLOSSARY, "a study of 2018 used water of 75", "a study used water of »75"),
    ),
    broken(
        "figures_have_their_year",
        "a year in an option alone",
        "no year in its text or idea",
        (WATER, "In the study of 2018, at which heat", "At which heat"),
        option("75 degrees", "»75 degrees, in 2018", WATER),
    ),
    broken(
        "figures_have_their_year",
        "a picture",
        "this picture has",
        (
            WATER,
            "In 2021 nine in ten people heated too much.\n",
            "They say that »nine in ten people heated too much.\n",
        ),
    ),
    broken(
        "years_are_in_cited_facts",
        "a pointer",
        "year 2023",
        (ROOT, "kettles of 2022", "kettles of »2023"),
    ),
    broken(
        "years_are_in_cited_facts",
        "a term",
        "year 2017",
        (GLOSSARY, "study of 2018", "study of »2017"),
    ),
    broken(
        "tests_ask_for_no_recalled_figures",
        "in the bank",
        "300",
        option("A glass jar", "A jar of »300 millilitres"),
        (
            LEAVES,
            "idea: The guild asks for closed tins.\n    facts: [F4]",
            "idea: The guild asks for closed tins.\n    facts: [F2]",
        ),
    ),
    broken(
        "tests_ask_for_no_recalled_figures",
        "in a form",
        "2",
        option("With as much as is light", "With »2 jugs from the tap", WATER),
        (
            WATER,
            "    idea: The cups themselves measure the water.\n    facts: [F1]\n  - id: m1o1b",
            "    idea: The cups themselves measure the water.\n    facts: [F2]\n  - id: m1o1b",
        ),
    ),
)

WORDS = (
    broken(
        "avoided_words_are_avoided",
        "no quotation any more",
        "avoids tea snob",
        (WATER, '"Only a <b>tea snob</b> would measure.', "Only a <b>»tea snob</b> would measure."),
        (WATER, 'We do not."', "We do not."),
    ),
    broken(
        "avoided_words_are_avoided",
        "over a line end, in capitals",
        "avoids Tea Snob",
        (ROOT, "It shows what good craft looks like.", "It is for every »Tea\n  Snob there is."),
    ),
    broken(
        "avoided_words_are_avoided",
        "after a quotation",
        "avoids tea snob",
        (
            WATER,
            "feedback: Taste is not touched by this,",
            'feedback: \'"Tea" is what a »tea snob says,',
        ),
        (WATER, "as the water is the same.\n", 'as the water is "the same".\'\n'),
    ),
    broken(
        "avoided_words_are_avoided",
        "a statement, quoted or not",
        "avoids 85 degrees",
        (
            LEAVES,
            "feedback: Cold does little harm, so a cool window is not the cause.",
            "feedback: 'They say \"»85 degrees\", and nobody has seen it.'",
        ),
        (LEAVES, "facts: [F4]\n\nquestions", "facts: [F4, F3]\n\nquestions"),
    ),
    broken(
        "avoided_words_are_avoided",
        "in a picture",
        "avoids tea snob",
        (WATER, "alt: Two kettles.", "alt: A »tea snob sees two kettles."),
    ),
)
