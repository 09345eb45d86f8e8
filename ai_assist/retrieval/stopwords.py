"""Words that a question has because it is one; they say nothing about what is asked."""

STOPWORDS = frozenset(
    """
    a about above after again against all also although always am among an and another any are around as at be because
    been before being below between both but by can could did do does doing done during each either else ever every
    few for from further had has have having he her here hers him his how however i if in into is it its itself just
    kind like many may me might more most much must my name named no nor not of off often on once one only or other
    our out over own per please quite rather s same say says she should since so some such t tell than that the their
    them then there these they thing this those though through to too type under until up upon us very was we were
    what whatever when where whether which while who whom whose why will with within without would yet you your

    aber als am an auch auf aus bei bin bis da das dass dem den der des die dies diese dieser doch du durch ein eine
    einem einen einer eines er es für hat haben ich ihr im in ist ja kann man mit nach nicht noch nur oder sich sie
    sind so um und uns von vor war warum was wenn wer werden wie wir wird wo zu zum zur

    au aux avec ce ces cette comme comment dans de des du elle en est et il ils je la le les leur lui mais ne nous ou
    où par pas plus pour pourquoi qu quand que quel quelle qui sa se ses son sont sur un une vous

    al como con cuál cuando de del dónde el ella en es esta este la las lo los más no o para pero por qué que quién se
    sin su sus un una y

    che chi come con da dei del della di e è gli il in la le lo ma nel non o per perché più quale quando se si sono un
    una
    """.split()  # noqa: SIM905  a list of 350 strings, one a line, would say no more
)
