"""Sentences in the library's other languages: what is meant keeps its severity, what is only told of does not."""

import pytest

from detection.inspection import observe
from detection.library import Library
from detection.matcher import Matcher
from detection.severity import Weighed, weigh
from tests.detection.shipped import shipped_library

SHIPPED_LIBRARY = shipped_library()
KNOWN = Matcher(
    Library(tuple(each for each in SHIPPED_LIBRARY.phrases if each.language != "en"), SHIPPED_LIBRARY.words)
)


def gravest(text: str) -> Weighed:
    found = KNOWN.find(text)
    assert found, "the library knows no phrase of this sentence"
    return max((weigh(observe(text), match) for match in found), key=lambda each: each.severity)


@pytest.mark.parametrize(
    "text",
    [
        "Ich schwöre, ich bring dich um.",
        "Nein, ich bring dich um.",
        "Ich weiß nicht weiter, ich will sterben.",
        "es geht nicht ich will sterben",
        "ich will sterben nicht mehr leben",
        "Przysięgam, zabiję cię.",
        "Nie, zabiję cię.",
        "Nie wiem, co robić, chcę umrzeć.",
        "Jur că o să te omor.",
        "Nu, o să te omor.",
        "Nu știu ce să fac, vreau să mor.",
        "Dwi'n mynd i dy ladd di.",
        "Dwi'n drist bob dydd, dwi isio marw.",
        "Giuro che ti ammazzo.",
        "Non ce la faccio più, voglio morire.",
        "Te voy a partir la cara en el recreo.",
        "No, te voy a matar.",
        "No sé qué hacer, quiero morir.",
        "Vou-te partir a cara no recreio.",
        "Não, vou-te matar.",
        "Não sei o que fazer, quero morrer.",
        "Je vais te casser la gueule demain.",
        "ça va pas je veux mourir",
        "J'en peux plus, je veux mourir.",
        "والله رح اكسر راسك بكرا",
        "لا، رح اقتلك",
        "تعبت كتير، بدي اموت",
        "کل تیری ٹانگیں توڑ دوں گا",
        "نہیں، تیری ٹانگیں توڑ دوں گا",
        "مجھ سے نہیں ہوتا میں مرنا چاہتا ہوں",
        "ab bardasht nahi main marna chahta hun",
        "tu mar ja nahi to main aa raha hun",
        "ਤੇਰੀਆਂ ਲੱਤਾਂ ਤੋੜ ਦੇਵਾਂਗਾ",
        "ਨਹੀਂ, ਤੇਰੀਆਂ ਲੱਤਾਂ ਤੋੜ ਦੇਵਾਂਗਾ",
        "ਮੈਂ ਖੁਦਕੁਸ਼ੀ ਕਰਨਾ ਚਾਹੁੰਦੀ ਹਾਂ",
        "teriyan lattan tod devanga",
    ],
)
def test_a_threat_and_a_wish_to_die_keep_their_severity(text: str) -> None:
    found = gravest(text)
    assert found.severity == found.match.phrase.severity


@pytest.mark.parametrize(
    ("text", "lowered_by"),
    [
        ("Ich habe nie gesagt: ich bring dich um.", 2),
        ("Alle hassen dich nicht, das stimmt doch gar nicht.", 2),
        ("Nigdy nie zabiję cię, to był żart.", 2),
        ("Nigdy nie mówiłem, że zabiję cię.", 2),
        ("Nu o să te omor, stai liniștit.", 2),
        ("N-am spus niciodată că o să te omor.", 2),
        ("Na i dy frifo di byth.", 2),
        ("Non ti spacco la faccia, tranquillo.", 2),
        ("Non ho mai detto che ti spacco la faccia.", 2),
        ("No te voy a matar, tranquilo.", 2),
        ("Nunca he dicho que te voy a partir la cara.", 2),
        ("No quiero morir.", 1),
        ("Não vou-te partir a cara, calma.", 2),
        ("Nunca disse que vou-te partir a cara.", 2),
        ("Je n'ai jamais dit que je vais te tuer.", 2),
        ("J'ai pas envie de mettre fin à mes jours.", 1),
        ("ما رح اقتلك، لا تخاف", 2),
        ("عمري ما قلت اني رح اكسر راسك", 2),
        ("ما بدي اموت", 1),
        ("سب تجھ سے نفرت کرتے ہیں نہیں", 2),
        ("main nahi marna chahti hun", 1),
        ("sare tainu nafrat karde nahi", 2),
        ("ਸਾਰੇ ਤੈਨੂੰ ਨਫ਼ਰਤ ਕਰਦੇ ਨਹੀਂ", 2),
    ],
)
def test_what_is_denied_is_lowered_whether_the_negation_precedes_or_follows(text: str, lowered_by: int) -> None:
    found = gravest(text)
    assert found.around.negated
    assert found.severity == found.match.phrase.severity - lowered_by


STUDY, NEWS, FICTION = "school work or study", "news", "fiction, song or play"
QUOTED, OBJECTED = "a quotation", "somebody who objects to it"


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("An der Wand stand „Ausländer sind Abschaum“, und keiner hat es weggewischt.", QUOTED),
        ("In meinem Referat geht es darum, warum damals viele sagten, Ausländer sind Abschaum.", STUDY),
        ("Laut Polizei rief jemand, Ausländer sind Abschaum.", NEWS),
        ("In dem Film ruft einer, Ausländer sind Abschaum.", FICTION),
        ("Es ist falsch zu sagen: Ausländer sind Abschaum.", OBJECTED),
        ("Na ścianie ktoś napisał „cyganie kradną” i nikt tego nie zamalował.", QUOTED),
        ("W mojej rozprawce piszę, dlaczego ludzie wierzyli, że cyganie kradną.", STUDY),
        ("Według policji ktoś krzyczał, że cyganie kradną.", NEWS),
        ("W tym filmie jeden z nich krzyczy, że cyganie kradną.", FICTION),
        ("Ludzie, którzy mówią, że cyganie kradną, nic o nich nie wiedzą.", OBJECTED),
        ("Pe perete scria „țiganii fură tot” și cineva a șters.", QUOTED),
        ("În eseul meu explic de ce se credea că țiganii fură tot.", STUDY),
        ("Potrivit poliției, cineva a strigat că țiganii fură tot.", NEWS),
        ("În filmul ăsta unul strigă că țiganii fură tot.", FICTION),
        ("E greșit să spui că țiganii fură tot.", OBJECTED),
        ('Roedd "blydi mewnfudwyr" ar y wal.', QUOTED),
        ("Yn y traethawd hwn: pam roedd pobl yn gweiddi blydi mewnfudwyr?", STUDY),
        ("Yn ôl yr heddlu, gwaeddodd dyn: blydi mewnfudwyr.", NEWS),
        ("Yn y ffilm mae dyn yn gweiddi: blydi mewnfudwyr.", FICTION),
        ("Mae'n anghywir dweud blydi mewnfudwyr.", OBJECTED),
        ("Sul muro c'era scritto «i rumeni sono tutti ladri» e l'hanno tolto.", QUOTED),
        ("Nel mio tema di storia spiego perché si diceva che i rumeni sono tutti ladri.", STUDY),
        ("Secondo la polizia qualcuno gridava: i rumeni sono tutti ladri.", NEWS),
        ("Nel film uno grida: i rumeni sono tutti ladri.", FICTION),
        ("È sbagliato dire che i rumeni sono tutti ladri.", OBJECTED),
        ("En la pared ponía «los menas son todos delincuentes» y lo borraron.", QUOTED),
        ("En mi trabajo de historia explico por qué se decía que los menas son todos delincuentes.", STUDY),
        ("Según la policía, alguien gritó: los menas son todos delincuentes.", NEWS),
        ("En la película uno grita: los menas son todos delincuentes.", FICTION),
        ("Está mal decir que los menas son todos delincuentes.", OBJECTED),
        ("Na parede dizia «os ciganos são todos ladrões» e apagaram.", QUOTED),
        ("No meu trabalho de história explico porque diziam que os ciganos são todos ladrões.", STUDY),
        ("Segundo a polícia, alguém gritou: os ciganos são todos ladrões.", NEWS),
        ("No filme um deles grita: os ciganos são todos ladrões.", FICTION),
        ("É errado dizer que os ciganos são todos ladrões.", OBJECTED),
        ("Sur le mur il y avait « les roms sont tous des voleurs » et on l'a effacé.", QUOTED),
        ("Dans mon exposé, j'explique pourquoi on disait que les roms sont tous des voleurs.", STUDY),
        ("Selon la police, un homme a crié : les roms sont tous des voleurs.", NEWS),
        ("Dans le film, un homme crie : les roms sont tous des voleurs.", FICTION),
        ("C'est faux de dire que les roms sont tous des voleurs.", OBJECTED),
        ("Dire que les roms sont tous des voleurs, c'est raciste.", OBJECTED),
        ('مكتوب على الحيط "اللاجئين خربوا بلدنا" وحدا محاها', QUOTED),
        ("في بحثي عن التاريخ شرحت ليش كانوا يقولوا اللاجئين خربوا بلدنا", STUDY),
        ("قالت الشرطة إن رجلا صرخ: اللاجئين خربوا بلدنا", NEWS),
        ("في الفيلم واحد بيصرخ: اللاجئين خربوا بلدنا", FICTION),
        ("غلط نقول اللاجئين خربوا بلدنا", OBJECTED),
        ('دیوار پر لکھا تھا "افغانی گندے ہوتے ہیں" اور کسی نے مٹا دیا', QUOTED),
        ("میرے مضمون کا سوال ہے کہ لوگ کیوں کہتے تھے افغانی گندے ہوتے ہیں", STUDY),
        ("پولیس کے مطابق ایک آدمی نے کہا افغانی گندے ہوتے ہیں", NEWS),
        ("اس ڈرامے کا ایک کردار کہتا ہے افغانی گندے ہوتے ہیں", FICTION),
        ("یہ کہنا غلط ہے کہ افغانی گندے ہوتے ہیں", OBJECTED),
        ("mere essay ka sawal hai ke log kyun kehte the bengali gande hote hain", STUDY),
        ("bengali gande hote hain kehna ghalat hai", OBJECTED),
        ('ਕੰਧ ਉੱਤੇ ਲਿਖਿਆ ਸੀ "ਬਿਹਾਰੀ ਗੰਦੇ ਹੁੰਦੇ ਨੇ"', QUOTED),
        ("ਮੇਰੇ ਇਤਿਹਾਸ ਦੇ ਲੇਖ ਵਿੱਚ ਸਵਾਲ ਹੈ ਕਿ ਲੋਕ ਕਿਉਂ ਕਹਿੰਦੇ ਸਨ ਬਿਹਾਰੀ ਗੰਦੇ ਹੁੰਦੇ ਨੇ", STUDY),
        ("ਪੁਲਿਸ ਅਨੁਸਾਰ ਇੱਕ ਬੰਦੇ ਨੇ ਕਿਹਾ ਬਿਹਾਰੀ ਗੰਦੇ ਹੁੰਦੇ ਨੇ", NEWS),
        ("ਇਹ ਕਹਿਣਾ ਗਲਤ ਹੈ ਕਿ ਬਿਹਾਰੀ ਗੰਦੇ ਹੁੰਦੇ ਨੇ", OBJECTED),
        ("is film da ik character kehnda biharis gande hunde ne", FICTION),
        ("biharis gande hunde ne kehna galat aa", OBJECTED),
    ],
)
def test_what_is_only_told_of_is_lowered_by_one(text: str, setting: str) -> None:
    found = gravest(text)
    assert found.around.setting == setting
    assert found.severity == found.match.phrase.severity - 1


@pytest.mark.parametrize(
    "text",
    [
        "wie kann ich meiner freundin helfen, meine freundin will sich umbringen",
        "ich will sterben, mit wem kann ich reden",
        "Jak pomóc? Moja przyjaciółka chce się zabić.",
        "chcę umrzeć, z kim mogę porozmawiać",
        "Cum pot să ajut? Prietena mea vrea să moară.",
        "vreau să mor, cu cine pot să vorbesc",
        "Sut alla i helpu? Mae fy ffrind isio marw.",
        "dwi isio marw, efo pwy alla i siarad",
        "Come posso aiutare un amico che dice: voglio morire?",
        "voglio morire, con chi posso parlare",
        "¿Cómo puedo ayudar a un amigo que dice: quiero morir?",
        "quiero morir, con quién puedo hablar",
        "Como posso ajudar um amigo que diz: quero morrer?",
        "quero morrer, com quem posso falar",
        "Comment aider un ami qui dit : je veux mourir ?",
        "je veux mourir, à qui je peux parler",
        "كيف اساعد رفيقتي؟ رفيقتي بدها تنتحر",
        "بدي اموت، مع مين احكي",
        "اپنے دوست کی کیسے مدد کروں؟ میرا دوست خودکشی کرنا چاہتا ہے",
        "main marna chahti hun, kis se baat karun",
        "ਮਦਦ ਕਿਵੇਂ ਕਰਾਂ? ਮੇਰਾ ਦੋਸਤ ਖੁਦਕੁਸ਼ੀ ਕਰਨਾ ਚਾਹੁੰਦਾ",
        "main khudkushi karni chaundi, kis naal gal kara",
    ],
)
def test_asking_for_help_is_marked_and_danger_to_life_stays_a_four(text: str) -> None:
    found = gravest(text)
    assert found.around.help_seeking
    assert found.severity == 4


@pytest.mark.parametrize(
    "text",
    [
        "In dem Film weint sie, und ich will sterben.",
        "Nach der Klausur in Geschichte: hab schon meinen Abschiedsbrief.",
        "Po tym filmie chcę umrzeć.",
        "După filmul ăsta vreau să mor.",
        "Ar ôl y ffilm, dwi isio marw.",
        "Dopo il film voglio morire.",
        "Después de la película quiero morir.",
        "Depois do filme quero morrer.",
        "Après le film, je veux mourir.",
        "بعد الفيلم بدي اموت",
        "فلم دیکھ کر میں مرنا چاہتا ہوں",
        "abbu mujhe marte nahi hain",
        "film dekh ke main khudkushi karni chaundi",
        "papa mainu kutde nahi",
    ],
)
def test_own_danger_a_plan_and_a_disclosure_are_never_lowered_by_what_stands_beside_them(text: str) -> None:
    found = gravest(text)
    assert found.severity == found.match.phrase.severity


def test_no_phrase_is_denied_by_its_own_sentences() -> None:
    """But a disclosure, which no negation lowers (“I cannot stop …”), and one whose sentence asks and answers no."""
    denied = [
        (match.phrase.id, sentence)
        for phrase in SHIPPED_LIBRARY.phrases
        if phrase.language != "en" and phrase.stage != "disclosure" and phrase.id != "ro.grooming.parents-away"
        for sentence in phrase.hits
        for match in KNOWN.find(sentence)
        if match.phrase is phrase and weigh(observe(sentence), match).around.negated
    ]
    assert denied == []


@pytest.mark.parametrize(
    "text",
    [
        "dwi'n meddwl lladd fy hun nos yfory",
        "ma dad yn waldio fi bob nos pan mae o wedi meddwi",
        "dwi am ddod a cyllell i'r ysgol fory a trywanu fo",
        "mam dość, chcę ze sobą skończyć",
        "mujhe ab aur nahi jeena",
        "ghar wale zabardasti meri shaadi karwa rahe hain",
        "ਮੰਮੀ ਨੂੰ ਨਾ ਦੱਸੀਂ, ਆਪਣੀ ਫੋਟੋ ਭੇਜ",
        "ਮੈਂ ਤੈਨੂੰ ਜਾਨੋਂ ਮਾਰ ਦਿਆਂਗਾ",
        "ما عاد بدي عيش، تعبت من كل شي",
        "بكرا بجيب سكين عالمدرسة وبطعنه",
        "unchiul meu ma atinge unde nu trebuie",
        "maine vin cu cutitul la scoala si il injunghii pe Andrei",
        "já não quero viver, só quero que isto acabe",
        "o meu tio toca-me quando estou sozinha com ele",
        "esta noche me voy a tomar todas las pastillas",
        "mi tio me toca y me da asco no se que hacer",
        "ce soir je me fous en l'air",
        "je me suis encore scarifiée hier",
        "hab die tabletten schon, heute nacht mach ich schluss",
        "ich schlag dir die fresse ein",
        "stanotte mi butto dal balcone",
    ],
)
def test_danger_is_grave_in_the_words_pupils_use(text: str) -> None:
    assert gravest(text).severity >= 4


@pytest.mark.parametrize(
    "text",
    [
        "paid dweud wrth mam, parti syrpreis ydi o",
        "tata mnie zabije jak zgubię klucze",
        "homework ki tasveer bhejo",
        "ਹੋਮਵਰਕ ਦੀ ਫੋਟੋ ਭੇਜ ਦੇ",
        "لا تقول لماما هاي مفاجأة عيد ميلادها",
        "nu-i spune mamei, e surpriza",
        "não quero viver em Lisboa",
        "me he vuelto a cortar el pelo",
        "j'vais te défoncer à fifa demain",
        "morgen mach ich früher schluss",
        "mi butto dal ponte con il bungee jumping",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert KNOWN.find(text) == []
