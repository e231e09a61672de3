/// How a chapter's web page looks: on a phone, at a desk, in the dark, on paper.
enum WebPageStyle {
  static let css = """
    :root {
      --paper: #fdfdfb; --ink: #1f2429; --quiet: #5c6670; --line: #d9dde1; --ground: #f3f5f7;
      --link: #0b57a4; --live: #0a6b58; --live-ground: #f1f8f5; --live-line: #5fae99;
      --here: var(--paper); --shade: #1f242959;
      --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", "Noto Serif",
        Cambria, Georgia, serif;
      --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial,
        sans-serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas,
        "DejaVu Sans Mono", monospace;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #12161a; --ink: #dfe4e8; --quiet: #9aa6b1; --line: #313a43; --ground: #161b22;
        --link: #7fb8f5; --live: #6fd3ba; --live-ground: #13211f; --live-line: #2f7d6b;
        --shade: #000c;
      }
    }
    *, *::before, *::after { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.62 var(--serif); font-kerning: normal; overflow-wrap: break-word;
      hanging-punctuation: first; text-rendering: optimizeLegibility;
    }
    main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.15rem 5rem; }
    h1, h2, h3, h4, .course, .run, nav, summary, figcaption, th, .before {
      font-family: var(--sans);
    }
    h1, h2, h3, h4 { line-height: 1.22; font-weight: 650; text-wrap: balance; }
    h1 { font-size: 2.1rem; margin: .35rem 0 .6rem; letter-spacing: -.015em; }
    h2 { font-size: 1.45rem; margin: 3.2rem 0 .9rem; letter-spacing: -.01em; }
    h3 { font-size: 1.14rem; margin: 2.2rem 0 .6rem; }
    h4 { font-size: 1rem; margin: 1.8rem 0 .5rem; }
    p, ul, ol, blockquote, .scroll, figure, .output, details { margin: 0 0 1.15rem; }
    p { text-wrap: pretty; }
    a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .18em; }
    a:hover { text-decoration-thickness: .12em; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
    ul, ol { padding-left: 1.5rem; }
    li { margin: .3rem 0; }
    li > ul, li > ol { margin-bottom: .3rem; }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2.6rem auto; width: 40%; }
    header { border-bottom: 1px solid var(--line); margin-bottom: 2rem; }
    .course { font-size: .82rem; font-weight: 650; color: var(--link); margin: 0; }
    .course span { color: var(--quiet); font-weight: 400; margin-left: .5em; }
    .run { font-size: .84rem; line-height: 1.5; color: var(--quiet); }
    .skip { position: absolute; left: -99rem; top: .5rem; background: var(--paper); padding: .5rem; }
    .skip:focus { left: .5rem; z-index: 1; }
    nav { font-size: .86rem; line-height: 1.4; }
    nav ol { padding-left: 1.9rem; margin: .4rem 0; color: var(--quiet); }
    nav a { color: inherit; text-decoration: none; }
    nav a:hover { color: var(--link); text-decoration: underline; }
    nav.side { display: none; }
    summary { cursor: pointer; font-size: .84rem; color: var(--quiet); }
    details.top { border-bottom: 1px solid var(--line); padding-bottom: .9rem; margin-bottom: 2rem; }
    blockquote {
      --here: var(--ground);
      margin-left: 0; margin-right: 0; padding: .85rem 1.1rem .05rem; background: var(--ground);
      border-left: 3px solid var(--link); border-radius: 0 6px 6px 0;
    }
    code, pre { font-family: var(--mono); }
    code { font-size: .86em; background: var(--ground); padding: .08em .3em; border-radius: 4px; }
    pre {
      margin: 0; padding: .95rem 1.1rem; overflow-x: auto; font-size: .8rem; line-height: 1.55;
      background: var(--ground); border: 1px solid var(--line); border-radius: 8px; tab-size: 2;
    }
    pre code { font-size: inherit; background: none; padding: 0; border-radius: 0; }
    figure { margin-left: 0; margin-right: 0; }
    figure.code figcaption {
      font-family: var(--mono); font-size: .75rem; margin: 0 0 .3rem; text-align: right;
    }
    figcaption { font-size: .84rem; line-height: 1.45; color: var(--quiet); margin-top: .5rem; }
    .scroll { overflow-x: auto; }
    pre { --here: var(--ground); }
    .scroll, pre {
      /* A shadow at an edge beyond which there is more: what moves with the content covers it. */
      background:
        linear-gradient(to right, var(--here) 50%, transparent) 0 0 / 2rem 100% local no-repeat,
        linear-gradient(to left, var(--here) 50%, transparent) 100% 0 / 2rem 100% local no-repeat,
        linear-gradient(to right, var(--shade), transparent) 0 0 / .8rem 100% scroll no-repeat,
        linear-gradient(to left, var(--shade), transparent) 100% 0 / .8rem 100% scroll no-repeat,
        var(--here);
    }
    figure .scroll { margin: 0; }
    svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
    img { max-width: 100%; height: auto; display: block; margin: 0 auto; }
    .formula { padding: .35rem 0; overflow-y: hidden; }
    math {
      font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math",
        "TeX Gyre DejaVu Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math;
    }
    .formula math { font-size: 1.08em; }
    .formula math { display: block math; margin: 0 auto; }
    .parts {
      display: flex; flex-wrap: wrap; gap: .5rem 2em; justify-content: safe center;
      align-items: baseline;
    }
    .parts math { margin: 0; }
    table {
      border-collapse: collapse; font-size: .9rem; line-height: 1.45; margin: 0;
      font-variant-numeric: tabular-nums lining-nums;
    }
    caption { text-align: left; font: 600 .84rem/1.4 var(--sans); padding-bottom: .5rem; }
    th, td { padding: .42rem 1.3rem .42rem 0; text-align: left; vertical-align: top; }
    th:last-child, td:last-child { padding-right: 0; }
    th { font-size: .78rem; font-weight: 600; color: var(--quiet); vertical-align: bottom; }
    thead tr { border-bottom: 1.5px solid var(--quiet); }
    tbody tr { border-bottom: 1px solid var(--line); }
    .number { text-align: right; white-space: nowrap; }
    th.number { white-space: normal; }
    .centre { text-align: center; }
    tr.best td { font-weight: 700; color: var(--live); }
    .live {
      color: var(--live); font-weight: 600; white-space: nowrap;
      font-variant-numeric: tabular-nums lining-nums;
    }
    .before { color: var(--quiet); font-size: .82em; white-space: nowrap; }
    .output {
      --here: var(--live-ground);
      border-left: 3px solid var(--live-line); background: var(--live-ground);
      border-radius: 0 8px 8px 0; padding: 1rem 1.1rem; margin: 1.6rem 0;
    }
    .output > :last-child { margin-bottom: 0; }
    .output pre { background: none; border: 0; padding: 0; }
    .output pre.note { white-space: pre-wrap; overflow-wrap: anywhere; }
    .output p:has(+ pre.note) { font: 600 .84rem/1.4 var(--sans); margin-bottom: .5rem; }
    .output pre.note + p:has(+ pre.note), .scroll + p:has(+ pre.note) { margin-top: 1.15rem; }
    .output > details { margin-top: .9rem; }
    .output details pre {
      background: var(--ground); border: 1px solid var(--line); padding: .8rem 1rem;
      margin-top: .6rem;
    }
    .scroll td { min-width: 4.5rem; }
    .scroll td.number { min-width: 0; }
    @media (max-width: 30rem) {
      .output { padding: .8rem .8rem; margin-left: -.35rem; margin-right: -.35rem; }
      th:not(:last-child), td:not(:last-child) { padding-right: .75rem; }
      td.number { white-space: normal; }
      caption { max-width: calc(100vw - 4.5rem); }
      pre { font-size: .74rem; padding: .8rem; }
    }
    .claims td { min-width: 8.5rem; }
    @media (min-width: 72rem) {
      body { font-size: 1.125rem; }
      main { margin-left: max(19rem, calc(50vw - 22rem)); padding-top: 3rem; }
      nav.side {
        display: block; position: fixed; top: 0; bottom: 0; overflow-y: auto; width: 15.5rem;
        left: max(1.5rem, calc(50vw - 40rem)); padding: 3.4rem 0 2rem;
      }
      nav.side li { margin: .5rem 0; }
      details.top { display: none; }
    }
    @media screen and (min-width: 76rem) {
      figure.code { width: fit-content; min-width: 100%; max-width: calc(100% + 9rem); }
    }
    @page { margin: 20mm 18mm; }
    @media print {
      body { font-size: 10.5pt; line-height: 1.45; background: none; }
      main { max-width: none; padding: 0; margin: 0; }
      nav, .skip, details, summary { display: none; }
      h1, h2, h3, h4 { break-after: avoid; }
      h2 { margin-top: 1.6rem; }
      figure, tr, blockquote, .formula { break-inside: avoid; }
      pre { white-space: pre-wrap; font-size: 8.4pt; border-color: #bbb; }
      .output { background: none; }
      .scroll { overflow: visible; background: none; }
      h1 { font-size: 20pt; }
      h2 { font-size: 14pt; }
      figure svg { min-width: 0 !important; width: auto; max-height: 85mm; }
      .output { padding: .2rem 0 .2rem .9rem; }
      p { orphans: 3; widows: 3; }
      main a[href^="http"]::after {
        content: " (" attr(href) ")"; font-size: .85em; color: var(--quiet);
      }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
    """
}
