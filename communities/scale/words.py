"""What the texts of the load are put together from."""

RARE = "zugzwang"
"""In the titles of a few posts, however many there are: what a search for a rare word finds."""

SUBJECTS = (
    "a recursive function", "the chain rule", "a tuning fork", "the past tense", "a linked list", "the mole ratio",
    "a voltage divider", "the treaty", "a probability tree", "the subjunctive", "a sorted list", "the pendulum",
    "a titration", "the determinant", "an inner join", "the census", "a lens", "the stem of a verb",
    "a half-life", "the index", "a proof by cases", "the exchange rate", "a hash table", "the boiling point",
)  # fmt: skip
TAGS = (
    *(subject.removeprefix("a ").removeprefix("an ").removeprefix("the ") for subject in SUBJECTS),
    "beginner", "exam", "notation", "intuition", "exercise", "reading list",
)  # fmt: skip
"""What a community calls its posts' subjects, and what kind of help is wanted."""
QUESTIONS = (
    "Why does {0} behave differently from {1}?",
    "When should I prefer {0} to {1}?",
    "How do I check my result for {0}?",
    "Is there a simple picture of {0}?",
    "What goes wrong in my attempt at {0}?",
    "Which step comes first: {0} or {1}?",
    "Can {0} be explained without {1}?",
    "How exact does {0} have to be?",
)
DISCUSSIONS = ("Your favourite way to teach {0}", "What would you read about {0} after {1}?")
OPENINGS = (
    "I have been working through the third chapter and got stuck halfway.",
    "Yesterday I was sure that I understood this, and today the numbers disagree with me.",
    "My teacher did this in one line, and I can't fill in what happened between the two sides.",
    "This comes from an old exam that I am using to practise.",
    "I tried two methods, and they lead to different results.",
    "For context: I learn this on my own in the evenings, so there may be a gap before this point.",
    "The book states it as obvious, which it is not to me.",
    "I can follow every example, but as soon as the order changes I am lost.",
)
MIDDLES = (
    "First I wrote down what is given, then what is wanted, and then I looked for something that connects the two.",
    "The first half comes out as expected; the second is too large by a factor of about two.",
    "If I leave out the last condition, everything works, so the mistake must be where it is used.",
    "I checked the units on both sides, and they agree, so it is probably not that.",
    "With small numbers the result is right. From five upwards it is not.",
    "What surprises me is that the sign changes although nothing on the left has changed.",
    "A friend says that the order does not matter here. In my notes it does.",
    "I drew it as well, and in the drawing the two quantities are clearly not equal.",
    "It helps to do the extreme case first, because most of the terms vanish in it.",
    "Think of what stays the same while the rest moves; that is what the whole argument hangs on.",
    "The usual mistake is to apply the rule before the condition for it is met.",
    "Written out slowly, each step uses only what the step before it has made sure of.",
    "You can see it best by changing one thing at a time and keeping a list of the results.",
    "There is a second reason, which is less exact but easier to remember.",
    "Whoever wrote the exercise chose the numbers so that the shortcut fails.",
    "The definition says *every*, and your example is about *one*; that is the difference.",
)
CLOSINGS = (
    "Where is the wrong turn?",
    "Is that allowed, and if so, why?",
    "I would rather have a hint than the whole solution.",
    "Try it with three other values and say what you find.",
    "Once you have seen this, the general case is the same with letters.",
    "If it still looks odd, write down the step that you trust least, and we begin there.",
    "That also explains why the answer in the book has no minus sign.",
    "In short: check the condition first, then calculate.",
)
LISTS = (
    "- what is known\n- what is wanted\n- what connects the two",
    "1. Put the smallest case in.\n2. Compare it with the drawing.\n3. Only then take the general one.",
    "> Every step must say what it rests on.",
    "| case | result |\n| --- | --- |\n| small | as expected |\n| large | twice as much |",
)
CODE = (
    "```python\ndef add(items):\n    total = 0\n    for item in items:\n        total += item\n    return total\n```",
    "```python\nseen = set()\nfor word in words:\n    if word in seen:\n        print(word)\n    seen.add(word)\n```",
    "```sql\nSELECT name, count(*)\nFROM visits\nGROUP BY name\nHAVING count(*) > 1;\n```",
)
FORMULAS = (
    "So $a^2 + b^2 = c^2$ holds here as well.",
    "That gives $x = \\frac{p}{q}$ with $q \\neq 0$.",
    "$$\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}$$",
    "The slope is $m = \\frac{\\Delta y}{\\Delta x}$, and that is all one needs.",
)
COMMENTS = (
    "Which of the two did you mean?",
    "That was it, thank you.",
    "Could you add the line before this one?",
    "The second sentence helped me more than the formula.",
    "I get the same up to the last step.",
    "Careful: this needs the condition from the beginning.",
    "Nice, I had not seen it from this side.",
    "Is the factor two on purpose?",
    "With five it fails, as you say. With four it is by accident right.",
    "I have put the drawing into words below.",
)
FIRST_NAMES = (
    "Abel", "Bela", "Cosima", "Dario", "Edda", "Farid", "Gita", "Hedda", "Ilja", "Jana", "Keno", "Lotte", "Mirko",
    "Nele", "Orla", "Pia", "Quirin", "Rieke", "Selma", "Tamar", "Ulla", "Vito", "Wanda", "Xenia", "Yara", "Zeno",
    "Anouk", "Bodo", "Carla", "Dilan", "Enzo",
)  # fmt: skip
LAST_NAMES = (
    "Arden", "Birch", "Calder", "Dorn", "Elster", "Fink", "Gorse", "Hazel", "Iven", "Juniper", "Kestrel", "Linden",
    "Marsh", "Nettle", "Oakes", "Pine", "Quill", "Rowan", "Sedge", "Thorne", "Umber", "Vale", "Wren", "Yarrow", "Ash",
    "Brook", "Clover", "Dale", "Fern",
)  # fmt: skip
