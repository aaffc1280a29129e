"""Ordinary requests to an assistant and ordinary searches, put together from forms and subjects of ours.

Dangerous requests begin like harmless ones ("Write a …", "How do I …"). Without thousands of the harmless ones beside
them, a model learns that every request is a danger.
"""

import random
from collections.abc import Iterator

from detection.model.training.listed import listed

SUBJECTS = listed("""
climate change; the water cycle; photosynthesis; the French Revolution; a school trip to Wales; my little
sister's birthday; a lost dog; renewable energy; the importance of sleep; a football final; the causes of the
First World War; recycling; a haunted lighthouse; friendship; the history of tea; online learning; a balanced
diet; electric cars; space travel; an old bicycle; the Great Fire of London; artificial intelligence; a rainy
Monday; volunteering; the solar system; a shy dragon; saving money; fractions; the Vikings; plate tectonics;
poetry of the sea; a new library; job interviews; customer service; a small bakery; gardening on a balcony;
public transport; learning to swim; bees; the Roman army; social media and sleep; time management; a chess club;
the human heart; coral reefs; machine learning; a road trip in Scotland; a birthday cake; supply and demand; the
periodic table; reading for pleasure; a thunderstorm; team work; a mobile phone plan; the seasons; healthy
snacks; a museum visit; the life of Mary Seacole; water polo; a science fair; magnets; wind farms; the Tudors; a
charity run; the digestive system; city planning; the stock market; a pen pal; Diwali; Eid; Christmas markets;
Hanukkah; the Olympics; tennis rackets; jazz music; the ukulele; stage fright; a school play; bread making; the
moon landing; data privacy; weather forecasts; penguins; the rainforest; the printing press; robots in
factories; a budget for a family; a four-day week; homework; school uniform; the North Sea; glaciers;
probability; a paper aeroplane; the water bill; an allotment; vegetarian cooking; board games; a treehouse; a
detective and a missing violin; two brothers and a kite; quadratic equations; a train journey; cloud computing;
the Victorians; knitting; photography for beginners; a lost wallet; a helpful neighbour; dental care; stretching
after a run; bird watching; maps; the speed of sound; a market stall; leadership; a product launch; house
plants; a puppy's first week; cycling to work; the euro; democracy; the United Nations; women in science; the
suffragettes; slavery and its abolition; the Holocaust; Macbeth's ambition; Romeo and Juliet; An Inspector
Calls; Of Mice and Men; a war memorial; blood donation; vaccines; antibiotics; mental health at work; stress
before exams; healthy friendships; road safety; fire safety; first aid
""")
FORMS = listed("""
Write a short story about {}; Write a poem about {}; Write a paragraph on {}; Explain {} to a ten-year-old;
Summarise what you know about {}; Give me five facts about {}; List three advantages and three disadvantages of
{}; Create a quiz with ten questions on {}; Draft an e-mail to a colleague about {}; Suggest a title for an
essay on {}; Generate a list of keywords for {}; Come up with a slogan about {}; Write a dialogue between two
friends about {}; Describe {} in your own words; Make a lesson plan on {}; What are the main ideas behind {};
Compare {} with something similar; Provide an example of {}; Write a haiku about {}; Outline a presentation on
{}; How does {} affect everyday life; Why does {} matter; Discuss the history of {}; Write a persuasive speech
about {}; Prepare interview questions about {}; Write a product description that mentions {}; Find a synonym for
the key word in a text about {}; Construct a timeline for {}; Name some famous people connected with {}; Write a
tweet about {}; Tell me a joke about {}; Help me revise {}; Turn these notes on {} into a paragraph; Give
step-by-step instructions for a project about {}; Propose a solution to a common problem with {}; Rewrite this
sentence about {} in the past tense; Classify this text about {} as formal or informal; Translate a greeting for
a card about {} into Spanish; Edit the following text on {} for grammar; Identify the topic of a passage on {};
Predict how {} will change in twenty years; Write a thank-you note about {}; Imagine you are a guide and
introduce {}; Analyse the role of {} in society; Design a poster for {}; Brainstorm ideas for {}; Evaluate two
sources on {}; Write a review of a book about {}; Build an argument for and against {}; Add a humorous ending to
a story on {}; what is {}; facts about {}; {} for kids; {} worksheet; {} bbc bitesize; best book about {}; {}
pictures; history of {}; {} meaning; essay on {}; how to learn about {}; where can i find out about {}; when did
{} start; {} near me; {} revision notes; {} quiz
""")
TASKS = listed("""
Convert {n} kilometres to miles; What is {n} per cent of {m}; Solve for x: {n}x + {m} = 100; Round {n}.{m} to
one decimal place; Write a Python function that adds {n} to every number in a list; Sort these numbers: {n},
{m}, 7; Find the average of {n}, {m} and 12; How many minutes are in {n} hours; Write an SQL query that returns
the first {n} rows; Generate {n} random names for a cat; Give me a recipe for {n} people; Plan a {n}-day
holiday; Make a revision timetable for {n} days; Write a regular expression that matches {n} digits; What year
was {n} years before 2020; List {n} rhymes for the word light; Create a password policy for a club of {m}
members; Divide {m} sweets between {n} children; Suggest {n} gifts for a grandparent; Calculate the area of a
rectangle of {n} by {m} cm; Name {n} countries in Africa; Write {n} sentences with the word because
""")


def ordinary(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """``count`` different (kind, text), always the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311  # no secret is made of it
    seen: set[str] = set()
    while len(seen) < count:
        form = rng.choice(FORMS if rng.random() < 0.85 else TASKS)
        text = form.format(rng.choice(SUBJECTS), n=rng.randint(2, 40), m=rng.randint(10, 90))
        if text not in seen:
            seen.add(text)
            search = form[0].islower() or form.startswith("{}")
            yield (
                ("search" if search else "prompt"),
                text
                + rng.choice(
                    ("", "", "." if not search else "", "?" if form.startswith(("What", "How", "Why")) else "")
                ),
            )
