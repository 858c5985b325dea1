//! What the screens look like, at three sizes, with nothing, one and many entries, in three
//! languages.

use super::{MANY, stage};
use insta::assert_snapshot;
use kilde::text::said::Language::{En, Nb, Nn};

const ONE: &str = "@book{aasen1864, author={Aasen, Ivar}, title={Norsk Grammatik}, date={1864}}";

#[test]
fn the_list_on_the_smallest_screens() {
    assert_snapshot!(stage(MANY, 20, 5).language(Nb).frame(), @r#"
    › Sjølvhjelp i bygd…
      Ørretens æra
      Norsk Grammatik
      漢字 été
    ? hjelp  q avslutt
    "#);
    assert_snapshot!(stage(MANY, 40, 12).language(Nn).frame(), @r#"
     kilde · library
    ›  Berg et al.  2019 Sjølvhjelp i bygda…
       Østby        1999 Ørretens æra
       Aasen        1864 Norsk Grammatik
       漢           2001 漢字 été






    ? hjelp  q avslutt  / søk  Space merk
    "#);
}

#[test]
fn the_list_on_a_usual_screen() {
    assert_snapshot!(stage(MANY, 80, 24).language(Nb).frame(), @r#"
     kilde · library
    ┏ ▸ 4 poster ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃›  Berg et al.        2019 Sjølvhjelp i bygda: ei undersøking av grupper… F   ┃
    ┃   Østby              1999 Ørretens æra                                       ┃
    ┃   Aasen              1864 Norsk Grammatik                                    ┃
    ┃   漢                 2001 漢字 été                                       ?   ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ etter forfatter · 1/4 ┛
    ╭ Referanse ───────────────────────────────────────────────────────────────────╮
    │ Berg, K., Dahl, P. & Lie, O. (2019). Sjølvhjelp i bygda: ei undersøking av   │
    │ grupper som kom av seg sjølve, og av kva som heldt dei saman gjennom ti år.  │
    │ https://doi.org/10.1000/x                                                    │
    │                                                                              │
    │ @article berg2019 · refs.bib:2                                               │
    │                                                                              │
    │ date     2019                                                                │
    ╰──────────────────────────── Norsk APA-manual - APA 7th edition (author-date) ╯
    ? hjelp  q avslutt  / søk  Space merk  y kopier  x eksporter  e rediger
    "#);
    assert_snapshot!(stage(ONE, 80, 24).language(En).frame(), @r#"
     kilde · library
    ┏ ▸ 1 entry ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃›  Aasen              1864 Norsk Grammatik                                    ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ by author · 1/1 ┛
    ╭ Reference ───────────────────────────────────────────────────────────────────╮
    │ Aasen, I. (1864). Norsk Grammatik.                                           │
    │                                                                              │
    │ @book aasen1864 · refs.bib:1                                                 │
    │                                                                              │
    │ date 1864                                                                    │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────── Norsk APA-manual - APA 7th edition (author-date) ╯
    ? help  q quit  / search  Space mark  y copy  x export  e edit  f facets
    "#);
    assert_snapshot!(stage("", 80, 24).language(Nn).frame(), @r#"
     kilde · library
    ┏ ▸ 0 postar ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃ Biblioteket har ingen postar.                                                ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ etter forfattar ┛
    ╭ Referanse ───────────────────────────────────────────────────────────────────╮
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
    ? hjelp  q avslutt  / søk  Space merk  y kopier  x eksporter  e rediger
    "#);
}

#[test]
fn the_list_on_a_large_screen() {
    assert_snapshot!(stage(MANY, 160, 48).language(En).press("<space>").frame(), @r#"
     kilde · library
    ╭ Facets ──────────────────────╮┏ ▸ 4 entries ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓╭ Reference ────────────────────────────────────────╮
    │▾ Type                        │┃ ✓ Berg et al.        2019 Sjølvhjelp i bygda: ei undersøking av gr… F   ┃│ Østby, Å. (1999). Ørretens æra.                   │
    │   book                      2│┃›  Østby              1999 Ørretens æra                                  ┃│                                                   │
    │   article                   1│┃   Aasen              1864 Norsk Grammatik                               ┃│ @book ostby1999 · refs.bib:4                      │
    │   thesis                    1│┃   漢                 2001 漢字 été                                  ?   ┃│                                                   │
    │▾ Decade                      │┃                                                                         ┃│ date 1999                                         │
    │   2010 ████████████████████ 1│┃                                                                         ┃│                                                   │
    │   2000 ████████████████████ 1│┃                                                                         ┃│                                                   │
    │   1990 ████████████████████ 1│┃                                                                         ┃│                                                   │
    │   1860 ████████████████████ 1│┃                                                                         ┃│                                                   │
    │▾ Language                    │┃                                                                         ┃│                                                   │
    │   Bokmål                    1│┃                                                                         ┃│                                                   │
    │   Nynorsk                   1│┃                                                                         ┃│                                                   │
    │▾ Project                     │┃                                                                         ┃│                                                   │
    │   Nordic                    1│┃                                                                         ┃│                                                   │
    │▾ Keyword                     │┃                                                                         ┃│                                                   │
    │   grupper                   1│┃                                                                         ┃│                                                   │
    │   sjølvhjelp                1│┃                                                                         ┃│                                                   │
    │▾ Author                      │┃                                                                         ┃│                                                   │
    │   Aasen, Ivar               1│┃                                                                         ┃│                                                   │
    │   Berg, Kari                1│┃                                                                         ┃│                                                   │
    │   Dahl, Per                 1│┃                                                                         ┃│                                                   │
    │   Lie, Ola                  1│┃                                                                         ┃│                                                   │
    │   Østby, Å                  1│┃                                                                         ┃│                                                   │
    │   漢, 字                    1│┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    │                              │┃                                                                         ┃│                                                   │
    ╰──────────────────────────────╯┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1 marked · by author · 2/4 ┛╰── Norsk APA-manual - APA 7th edition (author-date…╯
    ? help  q quit  / search  Space mark  y copy  x export  e edit  f facets  p style  s sort  : commands
    "#);
}

#[test]
fn a_search_and_its_hits() {
    let stage = stage(MANY, 80, 24).language(Nb).press("/sjolv");
    assert_snapshot!(stage.frame(), @r#"
     / sjolv
    ┏ ▸ 1 av 4 poster ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃›  Berg et al.        2019 Sjølvhjelp i bygda: ei undersøking av grupper… F   ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ beste treff først · 1/1 ┛
    ╭ Referanse ───────────────────────────────────────────────────────────────────╮
    │ Berg, K., Dahl, P. & Lie, O. (2019). Sjølvhjelp i bygda: ei undersøking av   │
    │ grupper som kom av seg sjølve, og av kva som heldt dei saman gjennom ti år.  │
    │ https://doi.org/10.1000/x                                                    │
    │                                                                              │
    │ @article berg2019 · refs.bib:2                                               │
    │                                                                              │
    │ date     2019                                                                │
    ╰──────────────────────────── Norsk APA-manual - APA 7th edition (author-date) ╯
    Enter ok  Esc tøm  Ctrl-R tidligere  ↓ ned
    "#);
    assert_snapshot!(stage.roles(), @r#"
    BBBBBBBB_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
    ================================================================================
    =ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    =..............................................................................=
    ================================================================================
    --------------------------------------------------------------------------------
    -......................................IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII...-
    -.IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII...-
    -.lllllllllllllllllllllllll....................................................-
    -..............................................................................-
    -.ffffffffffffffffffffffffffffff...............................................-
    -..............................................................................-
    -.FFFFFFFFF....................................................................-
    --------------------------------------------------------------------------------
    KKKKK.ff..KKK.fff..KKKKKK.fffffffff..K.fff......................................
    "#);
    assert_snapshot!(stage.press("xyz").frame(), @r#"
     / sjolvxyz
    ┏ ▸ 1 av 4 poster ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃›  Berg et al.        2019 Sjølvhjelp i bygda: ei undersøking av grupper… F   ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ beste treff først · 1/1 ┛
    ╭ Referanse ───────────────────────────────────────────────────────────────────╮
    │ Berg, K., Dahl, P. & Lie, O. (2019). Sjølvhjelp i bygda: ei undersøking av   │
    │ grupper som kom av seg sjølve, og av kva som heldt dei saman gjennom ti år.  │
    │ https://doi.org/10.1000/x                                                    │
    │                                                                              │
    │ @article berg2019 · refs.bib:2                                               │
    │                                                                              │
    │ date     2019                                                                │
    ╰──────────────────────────── Norsk APA-manual - APA 7th edition (author-date) ╯
    Enter ok  Esc tøm  Ctrl-R tidligere  ↓ ned
    "#);
}

#[test]
fn help_palette_and_prefix() {
    assert_snapshot!(stage(MANY, 80, 24).language(Nb).press("?").frame(), @r#"
    ┏ ▸ Taster her – skriv for å søke, Enter kjører ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃>                                                                             ┃
    ┃› forrige søk      '                     – det er ikke søkt etter noe ennå    ┃
    ┃  søk              /  F3                 Søk mens du skriver                  ┃
    ┃  alle             F                     – listen er ikke avgrenset           ┃
    ┃  utvidet søk      W                     Søk også etter beslektede ord på and…┃
    ┃  fasetter         f  F4  z f            Vis eller skjul sidefeltet med faset…┃
    ┃  merk             Space  Ins            Merk eller avmerk posten             ┃
    ┃  merk alle        A                     Merk alle poster i listen            ┃
    ┃  bare merkede     M                     – ingenting er merket                ┃
    ┃  snu              V                     Snu merkingen i listen               ┃
    ┃  område           v                     Begynn et merket område; igjen: avsl…┃
    ┃  fjern merker     Backspace             – ingenting er merket                ┃
    ┃  eksporter        x  F6                 Eksporter postene til en fil         ┃
    ┃  referanse        F5  y r  y y  y Ent…  Kopier referansen i den valgte stilen┃
    ┃  fulltekst        F7  o o               Åpne fullteksten eller PDF-en        ┃
    ┃  åpne DOI         o d                   Åpne DOI-en i nettleseren            ┃
    ┃  åpne adresse     o u                   Åpne nettadressen i nettleseren      ┃
    ┃  BibTeX           y b                   Kopier posten slik den står i filen  ┃
    ┃  henvisning       y c                   Kopier henvisningen til løpende tekst┃
    ┃  DOI              y d                   Kopier DOI-en                        ┃
    ┃  for Word         y h                   Kopier referansen med kursiv, for te…┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1/70 ┛
    Enter ok  Esc tilbake  Tab ned
    "#);
    assert_snapshot!(stage(MANY, 40, 12).language(En).press(":").frame(), @r#"
    ┏ ▸ Commands ━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃>                                     ┃
    ┃› search          /         Search as…┃
    ┃  clear                     Leave the…┃
    ┃  last search     '         – nothing…┃
    ┃  widening        W         Search fo…┃
    ┃  facets          f         Show or h…┃
    ┃  all             F         – the lis…┃
    ┃  mark            Space     Mark or u…┃
    ┃  range           v         Begin a r…┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 1/56 ┛
    Enter ok  Esc back  Tab down
    "#);
    assert_snapshot!(stage(MANY, 80, 24).language(Nn).press("y").frame(), @r#"
     kilde · library
    ┏ ▸ 4 postar ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    ┃›  Berg et al.        2019 Sjølvhjelp i bygda: ei undersøking av grupper… F   ┃
    ┃   Østby              1999 Ørretens æra                                       ┃
    ┃   Aasen              1864 Norsk Grammatik                                    ┃
    ┃   漢                 2001 漢字 été                                       ?   ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┃                                                                              ┃
    ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ etter forfattar · 1/4 ┛
    ╭ Referanse ─┏ ▸ kopier ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
    │ Berg, K., D┃ b            Kopier posten slik han står i fila                 ┃
    │ grupper som┃ c            Kopier tilvisinga til løpande tekst                ┃
    │ https://doi┃ d            Kopier DOI-en                                      ┃
    │            ┃ h            Kopier referansen med kursiv, for tekstbehandlarar ┃
    │ @article be┃ k            Kopier siteringsnøkkelen                           ┃
    │            ┃ r, y, Enter  Kopier referansen i den valde stilen               ┃
    │ date     20┃ u            Kopier nettadressa                                 ┃
    ╰────────────┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
    ? hjelp  q avslutt  / søk  Space merk  y kopier  x eksporter  e rediger
    "#);
}
