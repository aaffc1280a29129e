"""Letters of other scripts that are drawn like Latin ones, and the Latin ones they stand in for."""

_PAIRS = (
    # Cyrillic
    ("авеёзкмнорстухіїјѕԁһԛԝгѵѡьӏԍ", "abeeekmhopctyxiijsdhqwrvwblg"),
    ("ЬԌ", "bg"),
    ("єяпшғҝҟҡҍҽӈҳҭԃԋ", "ernwfkkkbehxtdh"),
    # Greek, whose capitals look like other letters than their small ones
    ("αβεηικνορτυχγωσϲϳ", "abenikvoptuxywocj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜϹͿϒ", "abezhikmnoptyxfcjy"),
    # Armenian
    ("օոսհցգզքռաՏ", "onuhgqqfnws"),
    ("ժղէմվլ", "dntuyl"),
    # Coptic
    ("ⲟⲣⲥⲧⲭⲕⲙⲛⲏⲓⲩⲅ", "opctxkmnhiyr"),
    ("ⲁⲃⲇⲉⳏⳑⲡϥⲋⳙⲱⲍ", "abdehlpqsuwz"),
    # Cherokee
    ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᏀᏃᏏᏒᏔᏙᏚᏞᏟᏢᏦᏧᏴᏵᎽᏂ", "drtiyajewmhgzbrwvslcpkdbgyh"),
    # Lisu
    ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜꓒ", "abcdefghijklmnoprstuvwxyzd"),
    # Canadian syllabics
    ("ᗩᗷᑕᗪᖴᕼᒍᒪᗰᑎᑭᑫᖇᔕᑌᐯᗯ᙭ᘔ", "abcdfhjlmnpqrsuvwxz"),
    # Hebrew and mathematics
    ("נ∂", "jd"),
    # Latin letters that Unicode's names do not give away
    ("ɑſɩʋɣꭓƅꞵꬲꬽĸᵾʉɵƛ", "asiuyxbbeokuuoa"),
)
LOOK_ALIKES = {drawn: latin for strange, plain in _PAIRS for drawn, latin in zip(strange, plain, strict=True)}
