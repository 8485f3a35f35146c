"""Words that are in every text and say nothing about it, folded, in all their forms.

Only closed classes: prepositions, conjunctions, particles, short pronouns and the forms of "to be". They
are found in titles (»O črtah in luknjah«), but not in running text, and a page need not have them.
"""

_SL = """
a ali ampak ba bi bil bila bile bili bilo bo bodo bom bomo bos bosta boste bova brez da do ga h ima in iz
ja je jih jim jo k kajti ker ki ko kot le ma me med mi mu na nad naj ne ni nisem niso no ob od oba obe oz
oziroma o pa po pod pred pri preko ptc s sam samo se sem si smo so sta ste sva sebe svoj svoja svoje
svoji svojih svojim svojimi svojo svojega svojemu svojem ta te tega tem temu teh temi tej ti to tudi tu
tam v va vi vas vam z za zaradi ze zlasti cez ce cemu ceprav saj skozi ter tako torej tukaj ze pac pre
proti razen namrec kakor kateri katera katero katere katerih katerim katerimi katerega katerem kjer kdaj
kam kaj njega njej njem njemu njen njena njeno njih njim njimi njegov njegova njegovo nam nas nama moj
tvoj
"""

_EN = """
a about also am an and are as at be been being but by can could did do does for from had has have he her
hers him his how i if in into is it its may me might more most must my no not of on or our ours out over
shall she should so some such than that the their theirs them then there these they this those through to
too under until up us was we were what when where which while who whom whose why will with would you your
yours
"""

STOP_WORDS: dict[str, frozenset[str]] = {"sl": frozenset(_SL.split()), "en": frozenset(_EN.split())}
