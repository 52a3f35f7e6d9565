"""What is said in the recordings of the sample library: speaker, seconds, text (* marks doubt)."""

from __future__ import annotations

Line = tuple[str, float, str]

COUNCIL: tuple[Line, ...] = (
    (
        "Member",
        1640.0,
        (
            "Before that, may I ask when the minutes of April will be on the web page? "
            "Two people came to me about it this week."
        ),
    ),
    ("Chair", 1653.0, "By Monday. The office had the *scanner repaired. So, to the third item."),
    (
        "Chair",
        1668.0,
        (
            "The third item is the bridge in Mill Lane. The engineer's report came on "
            "Friday, and I think everybody has had the time to read it."
        ),
    ),
    (
        "Engineer",
        1682.0,
        (
            "I have read it twice. The bearings are worn, the drainage is blocked, and nobody has"
            " painted the railing since two thousand and six. It is safe, but it is safe in the way"
            " an old dog is safe."
        ),
    ),
    (
        "Member",
        1701.0,
        "Can the number four bus still cross? That is what people ask me in the shop.",
    ),
    (
        "Engineer",
        1707.0,
        (
            "Yes. Up to twelve tonnes, one vehicle at a time, and the *signage must be "
            "up before the first of June."
        ),
    ),
    (
        "Chair",
        1719.0,
        (
            "Then let us vote on the first half, the drainage and the railing, and leave "
            "the *bearings for the autumn budget."
        ),
    ),
    ("", 1731.0, "All in favour, please raise your hand so that the clerk can"),
)

KOWALSKI: tuple[Line, ...] = (
    ("Anna", 4.0, "Well, are you going back any time soon, or do you not expect to?"),
    (
        "Jan",
        9.0,
        (
            "I don't think that, yeah, not any time soon. I'm really worried about the boat, "
            "to be honest with you. It has stood in *Hel since the spring."
        ),
    ),
    ("Anna", 21.5, "Who looks after it while you are here?"),
    (
        "Jan",
        24.2,
        (
            "My cousin, when he remembers. He is a good man, but he is seventy-four, and the "
            "ladder is older than he is."
        ),
    ),
    ("Anna", 36.0, "And the nets? You told me last year that they were to be sold."),
    (
        "Jan",
        41.3,
        (
            "They were. Then a museum asked for them, a small one, in *Jastarnia. So now they "
            "hang on a wall and my grandchildren can see what we did all winter."
        ),
    ),
    (
        "Jan",
        58.9,
        (
            "You should have seen their faces. The youngest one asked me whether fish were "
            "cheaper then."
        ),
    ),
    ("Anna", 67.0, "Were they?"),
    ("Jan", 68.4, "For us they were free. That was the whole point."),
    (
        "Anna",
        75.0,
        (
            "Let us go back to the winter of eighty-nine. You were twenty, and you had just "
            "been offered the place in Gdańsk. What did you tell your mother?"
        ),
    ),
    (
        "Jan",
        86.2,
        (
            "I told her nothing for a week. I walked around the *shipyard every evening, I "
            "thought, if I can still see the cranes from the window, I will stay. It sounds "
            "foolish now."
        ),
    ),
    (
        "Marta",
        101.0,
        ("It does not sound foolish. He told me the same story in *Malbork, and he cried."),
    ),
    (
        "Jan",
        108.5,
        (
            "I did not cry. I had something in my eye, it was the wind from the river. Anyway. "
            "On the Sunday I packed one bag and the radio, and my brother drove me to the "
            "*station in Tczew."
        ),
    ),
    ("Anna", 126.0, "And are you going back any time soon, or do you not expect to?"),
    (
        "Jan",
        131.4,
        (
            "Not any time soon. I am really worried about the house, to be honest. The roof is "
            "*Eternit, you know, nobody wants to touch it, and the municipality answers a "
            "letter once a year."
        ),
    ),
    ("Marta", 149.0, "We wrote three letters. The third one came back unopened."),
    ("Anna", 154.5, "Who else from the family is still there?"),
    (
        "Jan",
        158.0,
        (
            "An aunt, on my father's side. She has a dog, two hives and no telephone, and she "
            "is the happiest of us all."
        ),
    ),
)

LECTURE: tuple[Line, ...] = (
    (
        "",
        0.5,
        (
            "Good morning. Last week we followed the water down to the river. Today it goes the "
            "other way: evaporation, and what plants do with it."
        ),
    ),
    (
        "",
        14.0,
        (
            "If you pour ten millimetres of rain on a meadow in May, about seven of them never "
            "reach the *groundwater. Write that number down, and be suspicious of it."
        ),
    ),
)

GERMAN: tuple[Line, ...] = (
    (
        "Frau Öztürk-Weißenberger",
        2.0,
        (
            "Die Bundesverkehrswegeplanung sieht für die "
            "Eisenbahnüberführung an der Mühlgasse keine Geschwindigkeitsbeschränkung vor."
        ),
    ),
    (
        "Herr Groß",
        11.5,
        "Straße bleibt Straße. Wir hören seit Jahren, dass *übermorgen alles besser wird.",
    ),
)

JAPANESE: tuple[Line, ...] = (
    ("", 1.0, "今日の天気は晴れのち曇りです。"),
    ("", 5.2, "午後からは北の風がやや強くなるでしょう。"),
)

ARABIC: tuple[Line, ...] = (
    ("ليلى", 1.0, "صباح الخير، هل وصلت التسجيلات كلها؟"),
    ("يوسف", 5.0, "نعم، وصلت ثلاثة منها، والرابع ما زال في الطريق."),
)
