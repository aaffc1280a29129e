"""The same sentence about one person and another, so that who somebody is or how they speak teaches nothing.

None of these sentences is one of those that the tests swap words in (tests/detection/fairness.py).
"""

import random
from collections.abc import Iterator

from detection.model.second_opinion import SAFE
from detection.model.training.listed import listed

WHO = """
Muslim; Jewish; Christian; Catholic; Hindu; Sikh; Buddhist; atheist; Polish; Romanian; Nigerian; Ghanaian; Pakistani;
Bangladeshi; Indian; Chinese; Irish; Scottish; Welsh; Romani; Gypsy; Traveller; Asian; black; white; mixed race; Arab;
Turkish; Somali; Syrian; Ukrainian; gay; lesbian; bi; queer; trans; non-binary; asexual; straight; autistic; dyslexic;
deaf; blind; disabled; adopted; foreign; female; male
"""
HARMLESS = """
are you {}; u {} or what, just wondering; wait is he {}; is your mum {} too; didnt know you were {}; so you are {},
cool; im {} btw; im not {} but my cousin is; half my family is {}; we have a {} teacher now; our {} neighbour fixed
the fence; a {} lady helped me at the bus stop; that {} lad who plays in goal; the new girl is {} and really funny; {}
lives matter; proud to be {}; happy for my {} mates today; my gran only has {} friends; what do {} people eat at
christmas; {} weddings are so good; where is the {} community centre; {} actors in british films; a {} superhero would
be great; can {} people be teachers; how is it for {} students at uni; are there many {} families in bradford; i want
to write about a {} girl; he said he is {}, i said ok; she came out as {}, everyone clapped; my boyfriend is {} and my
mum likes him; his dad is {} and his mum isnt; they asked if anyone here is {}; being {} in a small town; what does {}
mean; why are some people {}; is it ok to ask if someone is {}; the {} society meets on tuesdays; {} comedians; {}
kids in my year; the {} section of the library; {} history week; do {} people celebrate new year; i sat next to a {}
boy on the coach; our captain is {}; a poem by a {} poet; the first {} mayor; my doctor is {}; my sister is dating a
{} girl; a {} man gave me directions; because im {} people think i like football; nobody cares that she is {}; he is
{} and he is my best friend; does our school have a {} group; when does the {} choir practise; is there a {} youth club
near here; i joined the {} club and made loads of friends; who runs the {} society; do we get a {} assembly this year;
any {} groups i could go to; where do {} students meet at lunch; is your family {} as well or just you; wait i thought
you were {}; are u actually {}, i had no idea; is it true you are {}, no worries if not; sorry are you {}, its for the
form; sir are you {}; miss asked who is {} for the survey; would you say you are {}; he asked me if im {} and i just
nodded; growing up {} in britain; how does it feel being {} at your school; tell me what its like being {}; my {} mate
is staying for dinner; a {} boy from my old school came over; our deputy head is {} and she is brilliant; the prefect
is {} and everyone likes him; happy birthday to my {} bestie; is this film about a {} family; my pen pal is {}; the
coach is {} and we won the cup; the family next door are {}, so kind to us; the people downstairs are {} and they
brought us cake; both our neighbours are {}; they are {} and really lovely people; the new lot at number nine are {},
nice as anything; id like to read about {} people; what is {} life like; a documentary about {} teenagers; we are
learning about {} people in rs; where can i find out about {} people; a talk by a {} woman about her life
"""
HATEFUL = """
{} people make me sick; we dont want {} people at our school; {} people are ruining this town; dont trust {} people;
{} people are all liars; {} people should not have rights; send all {} people away; i would never sit next to a {}
kid; {} kids should have their own school; they should lock up every {} person; {} people are less than us; nobody
needs {} people; ugh another {} one, get out; i wish there were no {} people; {} people are the problem; i cant stand
{} people; of course the {} one did it, they all do
"""
GRAVE = """
suicide: im {} and i dont want to be here anymore; suicide: being {} makes me want to be dead; self-harm: im {} and i
hurt myself again; distress: im {} and so alone; abuse: my dad hits me since he knows im {}; abuse: my {} stepmum
hurts me; grooming: a {} man online says not to tell my parents; bullying: you {} loser nobody wants you; bullying:
they laugh at me every day because im {}; violence: im going to hurt that {} kid after school; exploitation: some {}
guys make me carry bags for them
"""
CALLED = (
    "mate; bruv; bro; fam; pal; hen; lad; cuz; blud; g; love; babe; hun; mush; our kid; butt; my guy; sis; man; boss"
)
TO_A_FRIEND = """
see you tomorrow {}; cheers {}; you coming {}; whats the homework {}; happy birthday {}; hahaha stop it {}; shut it {}
you know its true; nice one {}; you alright {}; where you at {}; unlucky {}; no way {}; good game {}; im at the gate
{}; save me a seat {}; thats mad {}; you dropped your bag {}; what you saying {}; be quiet {} miss is looking; get in
{}
"""
VERY = "really; so; well; bare; pure; proper; dead; hella; mad; fierce; pure dead; rare; ever so; wile"
STATES = """
im {} tired; im {} bored; that was {} funny; this homework is {} hard; the food is {} nice; it is {} cold; {} happy
with my grade; she is {} good at maths; this bus is {} slow
"""
MOTHERS = "mum; mam; ma; mammy; mom; mother; mumsy; mama; mummy; maw"
FATHERS = "dad; da; daddy; father; old man; auld man; pops; papa; pa; abu"
AT_HOME = """
my {} is picking me up; ask your {} first; my {} made soup; my {} says hi; dont tell my {} i broke the mug; my {} wants
her phone back; your {} is so funny; my {} is at work till six; does your {} know your results yet; my {} said yes
"""
NOT_AT_HOME = """
grooming: dont let your {} see these messages; grooming: this is just ours, your {} wouldnt get it; grooming: delete
this before your {} looks; grooming: dont say a word about us to your {}; grooming: please dont tell my {} about you
and me; grooming: my {} cant find out about us; grooming: dont tell your {} about me; abuse: my {} hits me most nights;
abuse: my {} locks me in the shed when i cry; honour-abuse: my {} says i have to marry him or else
"""
NOT = "dont; dinnae; dunno i dont; aint; amnt sure i; didnae; don't"
UNSURE = """
i {} get this worksheet; i {} know what to wear tomorrow; i {} have a clue about question four; i {} know which page we
are on; i {} know what to bring for cooking; i {} know how to do this maths
"""
OF_EACH = 8
"""Words that a sentence is swapped through, unless it is told of everybody."""
TOLD_OF_ALL = (HARMLESS, HATEFUL, UNSURE, AT_HOME, NOT_AT_HOME)


def swaps() -> Iterator[tuple[str, str]]:
    """Labels and texts, the same at every call."""
    rng = random.Random(5)  # noqa: S311  # no secret is made of it
    for frames, words, label in (
        (HARMLESS, WHO, SAFE),
        (HATEFUL, WHO, "discrimination"),
        (GRAVE, WHO, ""),
        (TO_A_FRIEND, CALLED, SAFE),
        (STATES, VERY, SAFE),
        (UNSURE, NOT, SAFE),
        (AT_HOME, MOTHERS, SAFE),
        (AT_HOME, FATHERS, SAFE),
        (NOT_AT_HOME, MOTHERS, ""),
        (NOT_AT_HOME, FATHERS, ""),
    ):
        for frame in listed(frames):
            said, _, text = frame.rpartition(": ")
            said_of = listed(words) if frames in TOLD_OF_ALL else rng.sample(listed(words), OF_EACH)
            for word in said_of:
                yield label or said, text.format(word)
