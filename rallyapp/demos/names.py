"""Names of many origins to invent people with: none is meant to be anybody's."""

from __future__ import annotations

from random import Random

# Where a family comes from, how many of a hundred people, given names, family names. A given name is put
# together with a family name of its own line, now and then with one of another.
_ORIGINS: tuple[tuple[str, int, str, str], ...] = (
    (
        "English",
        34,
        "Alice Amelia Beatrice Bethany Charlotte Daisy Eleanor Emily Emma Florence Freya Grace Hannah Harriet Holly "
        "Imogen Jessica Katie Lauren Lucy Martha Megan Molly Naomi Olivia Phoebe Rachel Rebecca Rosie Sophie Adam "
        "Alfie Benjamin Callum Charlie Daniel Edward Ewan Felix George Harry Henry Isaac Jack Jacob James Joe Joshua "
        "Lewis Luke Matthew Max Nathan Oliver Patrick Robert Sam Theo Thomas Toby William Zoë",
        "Abbott Ackroyd Appleby Ashworth Atkins Bagshaw Barlow Bartram Beckett Birtwistle Blackwood "
        "Bradshaw Brierley "
        "Butterworth Carlisle Chadwick Clough Coleman Cooper Crabtree Dawson Denham Dewhurst Eastwood Ellison "
        "Entwistle Fairbrother Fawcett Fielding Garside Gibbons Goodwin Greenhalgh Hargreaves Hartley Hatherley "
        "Haworth Heywood Hollis Holroyd Huxtable Ibbotson Jessop Kershaw Kirkby Langford Lister Lockwood Longbottom "
        "Marsden Metcalfe Millward Naylor Norbury Oakley Ogden Ormerod Pargeter Peel Pickering Pomfret "
        "Quill Radcliffe "
        "Ramsden Rawlings Rushworth Sedgwick Shackleton Shuttleworth Slater Stott Sutcliffe Thackeray Thornley "
        "Tunnicliffe Underhill Upjohn Varley Wainwright Whitaker Winstanley Wolstenholme Wragg Yardley Yates",
    ),
    (
        "Welsh",
        5,
        "Angharad Bethan Branwen Carys Catrin Dilys Ffion Gwenllian Lowri Mali Nerys Siân Tegwen Aled Dafydd Emrys "
        "Geraint Gethin Gruffydd Hywel Idris Ieuan Iorwerth Llŷr Macsen Owain Rhodri Rhŷn",
        "Bowen Cadwaladr Ellis-Wynne Emlyn Glyndŵr Gwynne Hopcyn Llewelyn Meredydd Mostyn Parry Penrhŷn Prosser Pugh "
        "Puw Rhydderch Trefor Vaughan ap~Gruffydd ap~Rhŷs",
    ),
    (
        "Scottish",
        6,
        "Ailsa Catriona Eilidh Fiona Iona Isla Kirsty Mairi Morag Morven Rhona Shona Alasdair Angus Calum Duncan "
        "Euan Fergus Finlay Fraser Gregor Hamish Iain Lachlan Murdo Ruaridh Struan",
        "Abercrombie Auchterlonie Baird Buchanan Cameron Carmichael Colquhoun Dalgleish Drummond "
        "Farquharson Galbraith "
        "Gillespie Kinnaird Lockhart MacAskill MacDougall MacGillivray MacInnes McCorquodale McIlwraith Menzies "
        "Rutherford Urquhart",
    ),
    (
        "Irish",
        6,
        "Aisling Aoife Áine Bríd Caoimhe Clíodhna Deirdre Éabha Gráinne Maebh Niamh Orla Róisín Saoirse "
        "Sinéad Sorcha "
        "Cathal Ciarán Cillian Colm Cormac Darragh Diarmuid Donnacha Eoin Fionn Lorcán Oisín Pádraig Séamus Tadhg",
        "Brennan Byrne Cassidy Conneely Devlin Donnelly Fahy Gallagher Geraghty Hanrahan Kavanagh Loughran MacMahon "
        "McGuinness Mulholland Ní~Bhriain Ní~Dhomhnaill Nolan Ó~Briain Ó~Murchú Ó~Súilleabháin O’Connell O’Hara "
        "Quigley Rafferty Tierney Uí~Mhaoláin",
    ),
    (
        "Polish",
        4,
        "Agnieszka Aleksandra Elżbieta Grażyna Joanna Katarzyna Małgorzata Wioletta Zofia Żaneta Grzegorz Jakub "
        "Krzysztof Łukasz Michał Paweł Przemysław Stanisław Tomasz Wojciech",
        "Błaszczyk Ćwikliński Dąbrowski Gołębiewski Jabłoński Kaźmierczak Kołodziej Łukaszewicz Mądry Nowak Pająk "
        "Piątek Sikora Śliwa Szczepaniak Świątek Wójcik Wróbel Zając Żak",
    ),
    (
        "Arabic",
        3,
        "Amal Dalia Fatima Hanan Khadija Layla Mariam Noor Rania Salma Yasmin Zahra Ahmed Bilal Faisal Hamza Hassan "
        "Ibrahim Karim Khalid Mustafa Omar Tariq Youssef",
        "Al-Amin Al-Bayati Al-Hakim Al-Rashid Barakat Chehab Darwish El-Masri Elhassan Farouk Haddad Hamdan Jaber "
        "Khalil Khoury Mansour Nasser Osman Qasim Saleh Shaheen Taha Zaki",
    ),
    (
        "Arabic script",
        1,
        "يوسف ليلى عمر مريم سلمى كريم نور هدى",
        "الحداد منصور القاسم النجار الخطيب العلي حسن",
    ),
    (
        "North Indian",
        8,
        "Aanya Anjali Deepika Divya Isha Kavita Meera Neha Nisha Pooja Priya Riya Shreya Sunita Aditya Ajay "
        "Amit Arjun "
        "Dev Karan Manish Nikhil Rahul Rohan Sanjay Varun Vikram Vivek",
        "Agarwal Banerjee Bhatt Chatterjee Chaudhary Desai Gupta Joshi Kapoor Kulkarni Malhotra Mehta "
        "Mukherjee Patel "
        "Rao Saxena Shah Sharma Singh Trivedi Verma",
    ),
    (
        "Punjabi",
        3,
        "Amrit Gurleen Harpreet Jasleen Kiran Manpreet Navneet Simran Arvinder Baljit Gurpreet Jaspal "
        "Kulwant Parminder "
        "Ranjit Sukhdeep",
        "Bains Dhaliwal Dhillon Gill Grewal Kaur~Sandhu Mann Pannu Sahota Sidhu Singh~Bhullar Virk",
    ),
    (
        "Pakistani and Bangladeshi",
        6,
        "Ayesha Farzana Hina Iqra Mahnoor Nusrat Rabia Sadia Saima Sana Shabnam Sumaiya Zainab Abdul Adnan "
        "Asif Faraz "
        "Imran Junaid Kamran Mohammed Nadeem Rashed Shahid Tanvir Usman Zubair",
        "Ahmed Akhtar Ali Aziz Begum Bhatti Butt Chowdhury Hossain Hussain Iqbal Islam Khan Mahmood Malik Miah Mirza "
        "Qureshi Rahman Raja Sheikh Siddiqui Uddin",
    ),
    (
        "Tamil",
        3,
        "Abirami Kavitha Luxmi Nirmala Sangeetha Thamilselvi Vasuki Yalini Aravinthan Ganeshan Kugan "
        "Niranjan Pirathap "
        "Senthuran Thirukumaran Vithuran",
        "Arulanantham Balasubramaniam Kanagaratnam Nadarajah Ponnampalam Rajaratnam Selvanayagam Sivasubramaniam "
        "Thavarajasingham Thiruchelvam Vigneswaran Yogeswaran",
    ),
    (
        "Nigerian",
        5,
        "Adaeze Amara Chidinma Chioma Ebele Folasadé Ifeoma Ngozi Omolará Títílayọ̀ Yetunde Adéwálé "
        "Babátúndé Chukwuemeka "
        "Emeka Ibrahim Musa Obinna Olúwaṣeun Tunde Uche",
        "Abubakar Adébáyò Adeyemi Afolabi Akintola Bello Chukwu Danjuma Ekwueme Eze Nwachukwu Nwosu Obi "
        "Ogunleye Okafor "
        "Okonkwo Olatunji Onyekachi Ọlájídé Yusuf",
    ),
    (
        "Ghanaian",
        2,
        "Abena Adwoa Afia Akosua Ama Efua Esi Yaa Akwasi Ebo Kofi Kojo Kwabena Kwaku Kwame Yaw",
        "Acheampong Addo Amponsah Ansah Asante Boakye Boateng Darko Mensah Ofori Opoku Osei Owusu Sarpong",
    ),
    (
        "Chinese",
        3,
        "Ka-Yan Lihua Mei-Ling Siu-Fong Wenjing Xiaoyu Yuting Ziyi Chun-Ho Guowei Haoran Jianming Tsz-Kin "
        "Wai-Lok Yifan",
        "Chan Cheung Fung Guo Huang Lam Leung Li Lin Liu Wang Wong Xu Yeung Zhang Zhao Zhou",
    ),
    (
        "Greek",
        2,
        "Aikaterini Anastasia Chrysoula Despina Eleftheria Ioanna Vasiliki Alexandros Dimitris Evangelos "
        "Konstantinos "
        "Nikolaos Spyridon Theodoros",
        "Alexopoulos Anagnostou Christodoulou Dimitriadis Georgiou Hadjigeorgiou Karagiannis Konstantinidis "
        "Nikolaidis "
        "Panagiotopoulos Papadopoulou Theodorakis",
    ),
    (
        "Portuguese and Brazilian",
        2,
        "Beatriz Catarina Conceição Inês Joana Mafalda Tânia André Gonçalo João Luís Sebastião Tomás Vítor",
        "Araújo Assunção Conceição Gonçalves Guimarães Magalhães Mendonça Sá~Pinto Simões Valadão da~Silva dos~Santos",
    ),
    (
        "Spanish",
        1,
        "Begoña Inmaculada Lucía Nuria Rocío Álvaro Iñigo Joaquín Martín Sergio",
        "Ibáñez Muñoz Núñez Ordóñez Peña Sáez Zúñiga de~la~Fuente",
    ),
    (
        "Turkish",
        1,
        "Ayşe Çiğdem Elif Gülşah Özlem Şeyma Zeynep Çağlar Doğan İbrahim Kağan Uğur Yiğit",
        "Aydoğan Çelik Demirtaş Erdoğdu Gökçe Güneş İnanç Kılıç Öztürk Şahin Yıldırım",
    ),
    (
        "Romanian",
        2,
        "Andreea Crina Ioana Mădălina Ruxandra Ștefania Andrei Cătălin Răzvan Ștefan Vlăduț",
        "Bălănescu Ciobanu Drăgulescu Ionescu Mureșan Păun Rățoi Stănescu Țurcanu Văduva",
    ),
    (
        "Vietnamese",
        1,
        "Bích Hương Linh Ngọc Phượng Thảo Trúc Dũng Đức Hiếu Quân Tuấn",
        "Bùi Đặng Đỗ Hoàng Lê Nguyễn Phạm Trần Võ Vũ",
    ),
    (
        "Ukrainian",
        1,
        "Daryna Kateryna Nadiia Oksana Solomiia Yaryna Andrii Bohdan Mykola Taras Vasyl Yevhen",
        "Bondarenko Hnatiuk Kovalenko Lysenko Marchenko Petryshyn Shevchuk Tkachenko Zakharchuk",
    ),
    (
        "Caribbean",
        2,
        "Althea Cherelle Kezia Monique Shanice Tanisha Delroy Devon Jermaine Leroy Marlon Winston",
        "Blackwood Braithwaite Campbell Clarke Gayle Grant-Innis Hinds Marley-Reid Pinnock Richards Sewell Thorpe",
    ),
    (
        "East and southern African",
        2,
        "Chipo Lindiwe Makena Nyaradzo Rudo Thandiwe Wanjiru Farai Kipchumba Mwangi Sipho Tatenda Tendai",
        "Chikwanha Dlamini Kamau Kariuki Moyo Mutasa Ncube Ndlovu Nkosi Otieno Tesfaye Wekesa",
    ),
    (
        "Filipino",
        2,
        "Analyn Cristina Jocelyn Liezl Maricel Rowena Arnel Jericho Ramil Rodel",
        "Bautista Dela~Cruz Dimaculangan Macaraeg Manalo Pangilinan Santos Tolentino",
    ),
    (
        "Other European",
        4,
        "Anaïs Bożena Chiara Jürgen Kristýna Lina Mátyás Noémie Søren Žofie Ágnes Björn Françoise Gintarė Jiří Lars "
        "Luca Matteo Māris Saskia",
        "Altınok Björklund Dvořáková Fernández Grønning Horváth Jurčević Kováč Lefèvre Lindqvist Müller Ozoliņš "
        "Petrauskaitė Rossi Schäfer Székely Van~den~Berg Zemčík",
    ),
)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.replace("~", " ") for word in words.split())


_POOLS = tuple((_split(given), _split(family)) for _, share, given, family in _ORIGINS for _ in range(share))
MONONYMS = ("Wulandari", "Suhartini", "Thandar", "Mohabbat")


def name(rng: Random) -> tuple[str, str]:
    """Invent a given and a family name; the latter is empty for one in a thousand or so.

    Nothing but ``random()`` is asked of the generator: its results are promised to stay the same.
    """
    roll = rng.random
    givens, families = _POOLS[int(roll() * len(_POOLS))]
    given = givens[int(roll() * len(givens))]
    family = families[int(roll() * len(families))]
    mix = roll()
    if mix < 0.05 and given.isascii():
        others = _POOLS[int(roll() * len(_POOLS))][1]
        other = others[int(roll() * len(others))]
        if other.isascii() and family.isascii() and " " not in other and other != family and "-" not in family + other:
            return given, f"{family}-{other}"
    elif mix > 0.999:
        return MONONYMS[int(roll() * len(MONONYMS))], ""
    return given, family
