"""Forty names in twenty languages of Europe, two of each, as one event may have them."""

EUROPEAN_NAMES: dict[str, tuple[str, str]] = {
    "Bulgarian": ("Георги Димитров", "Цветелина Йорданова"),
    "Czech": ("Jan Novák", "Jiří Dvořák"),
    "Danish": ("Søren Kjær", "Åse Nørgaard"),
    "Dutch": ("Wouter van ’t Hoff", "Renée IJsbrandy"),
    "English": ("Siobhan O’Brien", "Mary St John’s"),
    "Estonian": ("Õnne Mägi", "Jüri Žukov"),
    "French": ("François L’Hérault", "Maëlys Œuvray"),
    "German": ("Jürgen Weiß", "Anna‐Käthe Möller"),
    "Greek": ("Γιώργος Παπαδόπουλος", "Ευαγγελία Ξένου"),
    "Hungarian": ("Győző Szűcs", "Ágnes Kővári"),
    "Icelandic": ("Þórður Sæmundsson", "Guðrún Æsa"),
    "Irish": ("Aoife Ní Dhomhnaill", "Pádraig Ó Sé"),
    "Latvian": ("Ģirts Ķēniņš", "Līga Šķēle"),
    "Lithuanian": ("Žydrūnas Ąžuolas", "Eglė Įvairytė"),
    "Polish": ("Łukasz Żółć", "Małgorzata Śliwińska"),
    "Portuguese": ("João d’Ávila", "Inês Conceição"),
    "Romanian": ("Ștefan Țepeș", "Ioana Brâncuși"),
    "Serbian": ("Ђорђе Његош", "Љубица Џајић"),
    "Turkish": ("Işıl Çağlar", "Gökhan Şükür"),
    "Ukrainian": ("Мар’яна Їжакевич", "Ґалина Є’вшан"),
}
