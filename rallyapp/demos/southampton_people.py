"""The volunteers of the Southampton demo: every one of them invented.

Codes are those of ``people_table``. Workplaces: G Southampton General, A Princess Anne, R Royal South Hants.
The days are 1, 8 and 16 December 2015.
"""

from __future__ import annotations

VOLUNTEERS = """
Tomasz|Wiśniewski|GA|SF|MAA|..s|300|
Aoife|Byrne|G|SW|MAM||240|
Aoife|Brennan|G|W|MM.||240|
Olúwaṣeun|Adébáyò|GA|SF|MMA|s..|300|
يوسف|الحداد|G|F|MMn||240|
ليلى|منصور|GA|W|nAM|e..|240|
عمر|القاسم|G|T|REE||180|
Fatima|Al-Rashid|GA|SF|nMM|d..|300|
Owain|Glyndŵr-Hughes|G|SW|MEA||360|
Llŷr|Puw|A|S|RAA||240|
Mairi|MacGillivray|GA|S|EAM||240|
Ruaridh|Drummond|G|WD|MjE||240|
Caoimhe|Ní Dhomhnaill|A|F|nAA|d..|300|
Séamus|Ó Súilleabháin|G|S|EME||180|
Małgorzata|Żółkiewska|G|WT|MEM||240|
Agnieszka|Ćwiklińska|A|F|nMA|e..||
Michał|Jabłoński-Krawczyk|G||FAi||240|
Priyanka|Chatterjee|G|SC|MMM||360|
Arjun|Venkataraghavan|GA|S|nAA|e..||
Zainab|Qureshi|G|FT|RM.||240|
Harpreet|Kaur Dhillon|GA|SW|AAM||300|
Imran|Sheikh|G|D|EMM|..v|240|
Nusrat Jahan|Chowdhury|G|F|nEM|o..|240|
Chidinma|Okonkwo|G|WB|MMj||240|
Ibrahim|Danjuma|G|W|LAM|||
Kwabena|Owusu-Ansah|A|S|nAM|d..|360|
Akosua|Mensah|G|TF|RFM||240|
Wenjing|Xu|G||jM.||180|
Ka-Yan|Cheung|A||nMM|e..|240|
Anastasia-Konstantina|Papadopoulou-Featherstonehaugh|G|P|EAE||240|
Dimitris|Karagiannis|G|W|MME|.s.|300|
João|Gonçalves|G|WC|MAi||360|
Inês|Magalhães|A||RMA||240|
Thamilselvi|Sivasubramaniam|GA|F|nMM|n..|240|
Kugan|Ponnampalam|G||EEM||240|
Gülşah|Yıldırım|G|T|MnM||240|
İbrahim|Çağlar|A|D|n.A|d..||
Ștefania|Țurcanu|G|WT|REj||180|
Andrei|Bălănescu|G||iAE|||
Hương|Nguyễn|G|F|nFA|e..|240|
Đức|Trần|G||FMM||240|
Solomiia|Kovalenko|GA|W|jME||300|
Taras|Hnatiuk|G|W|MFA||240|
Eleanor|Whitcombe|G|SWM|MMA||300|
Jack|Thistlewood|G|B|LLM|.f.|240|
Beatrice|Oakenshaw|G|WP|RMA|||
Samuel|Pargeter|GA||nAA|d..||
Grace|Loveday|A|W|EMM||240|
Delroy|Campbell-Innis|G|WFM|MiM||300|
Shanice|Braithwaite|G|T|RAi||240|access
Wulandari||G|W|MEM||240|
Tendai|Moyo|R|W|MPn||240|
Kristýna|Dvořáková|R||R.P||180|
Miriam|Goldfarb|G||nMM|e..|240|
Rania|Khoury|G|F|nME|o..|240|
Rosalind|Tansley||SMC|nAA||480|official named
Idris|Cadwaladr||SP|FAM||480|official named
Harry|Upjohn||BT|RR.||240|supporter
Noor|Hashemi||T|MnP||180|supporter
Lowri|Tegid||T|RLi||120|supporter young
"""

# Anthony Nolan's own people on the day, invented too: they are the partner's regular contacts, not members.
PARTNERS_OWN = (
    ("Jodie", "Marchbank"),
    ("Kwabena", "Holloway"),
    ("Saoirse", "Lindqvist"),
)
