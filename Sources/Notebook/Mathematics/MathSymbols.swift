/// The commands of the known part of TeX.
enum MathSymbols {
  /// Greek letters: command, letter.
  static let greek: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]

  /// Operators, relations, arrows and other signs.
  static let signs: [String: MathSign] = {
    var table: [String: MathSign] = [:]
    func add(_ role: MathSign.Role, _ entries: [(String, String, String)]) {
      for (name, unicode, ascii) in entries { table[name] = MathSign(unicode, ascii, role) }
    }
    add(
      .binary,
      [
        ("cdot", "·", "*"), ("times", "×", "x"), ("div", "÷", "/"), ("pm", "±", "+-"),
        ("mp", "∓", "-+"), ("odot", "⊙", ".*"), ("oplus", "⊕", "(+)"), ("otimes", "⊗", "(x)"),
        ("ast", "∗", "*"), ("star", "⋆", "*"), ("circ", "∘", "o"), ("cup", "∪", "union"),
        ("cap", "∩", "intersect"), ("setminus", "∖", "\\"), ("wedge", "∧", "and"),
        ("land", "∧", "and"), ("vee", "∨", "or"), ("lor", "∨", "or"), ("bullet", "•", "*"),
      ])
    add(
      .relation,
      [
        ("le", "≤", "<="), ("leq", "≤", "<="), ("ge", "≥", ">="), ("geq", "≥", ">="),
        ("ne", "≠", "!="), ("neq", "≠", "!="), ("approx", "≈", "~="), ("sim", "∼", "~"),
        ("simeq", "≃", "~="), ("equiv", "≡", "=="), ("propto", "∝", "prop. to"), ("in", "∈", "in"),
        ("notin", "∉", "not in"), ("ni", "∋", "contains"), ("subset", "⊂", "subset of"),
        ("subseteq", "⊆", "subset of"), ("to", "→", "->"), ("rightarrow", "→", "->"),
        ("leftarrow", "←", "<-"), ("gets", "←", "<-"), ("Rightarrow", "⇒", "=>"),
        ("implies", "⟹", "==>"), ("iff", "⟺", "<=>"), ("mapsto", "↦", "|->"),
        ("leftrightarrow", "↔", "<->"), ("ll", "≪", "<<"), ("gg", "≫", ">>"), ("mid", "|", "|"),
        ("parallel", "∥", "||"), ("perp", "⟂", "perp."), ("triangleq", "≜", ":="),
        ("coloneqq", "≔", ":="), ("longrightarrow", "⟶", "-->"), ("lt", "<", "<"), ("gt", ">", ">"),
      ])
    add(
      .ordinary,
      [
        ("infty", "∞", "inf"), ("partial", "∂", "d"), ("nabla", "∇", "grad"), ("ell", "ℓ", "l"),
        ("top", "⊤", "T"), ("bot", "⊥", "bot"), ("emptyset", "∅", "{}"), ("forall", "∀", "for all"),
        ("exists", "∃", "exists"), ("neg", "¬", "not"), ("lnot", "¬", "not"), ("prime", "′", "'"),
        ("hbar", "ℏ", "hbar"), ("dots", "…", "..."), ("ldots", "…", "..."), ("cdots", "⋯", "..."),
        ("vdots", "⋮", ":"), ("ddots", "⋱", "..."), ("%", "%", "%"), ("#", "#", "#"),
        ("&", "&", "&"), ("$", "$", "$"), ("_", "_", "_"), ("backslash", "\\", "\\"),
        ("vert", "|", "|"), ("Vert", "‖", "||"), ("|", "‖", "||"), ("checkmark", "✓", "yes"),
      ])
    add(.punctuation, [("colon", ":", ":")])
    add(
      .open,
      [
        ("{", "{", "{"), ("lbrace", "{", "{"), ("langle", "⟨", "<"), ("lfloor", "⌊", "floor("),
        ("lceil", "⌈", "ceil("), ("lVert", "‖", "||"), ("lvert", "|", "|"), ("lbrack", "[", "["),
      ])
    add(
      .close,
      [
        ("}", "}", "}"), ("rbrace", "}", "}"), ("rangle", "⟩", ">"), ("rfloor", "⌋", ")"),
        ("rceil", "⌉", ")"), ("rVert", "‖", "||"), ("rvert", "|", "|"), ("rbrack", "]", "]"),
      ])
    add(
      .large,
      [
        ("sum", "∑", "sum"), ("prod", "∏", "prod"), ("bigcup", "⋃", "union"),
        ("bigcap", "⋂", "intersection"), ("bigoplus", "⨁", "(+)"),
      ])
    add(.integral, [("int", "∫", "int"), ("iint", "∬", "int int"), ("oint", "∮", "int")])
    return table
  }()

  /// Signs that are written as they are.
  static let characters: [Character: MathSign] = [
    "+": MathSign("+", "+", .binary), "-": MathSign("−", "-", .binary),
    "*": MathSign("∗", "*", .binary), "/": MathSign("/", "/", .ordinary),
    "=": MathSign("=", "=", .relation), "<": MathSign("<", "<", .relation),
    ">": MathSign(">", ">", .relation), ":": MathSign(":", ":", .relation),
    ",": MathSign(",", ",", .punctuation), ";": MathSign(";", ";", .punctuation),
    "(": MathSign("(", "(", .open), ")": MathSign(")", ")", .close),
    "[": MathSign("[", "[", .open), "]": MathSign("]", "]", .close),
    "|": MathSign("|", "|"), "!": MathSign("!", "!", .close), "?": MathSign("?", "?"),
    ".": MathSign(".", "."), "@": MathSign("@", "@"), "\"": MathSign("\"", "\""),
    "…": MathSign("…", "..."), "−": MathSign("−", "-", .binary),
    "·": MathSign("·", "*", .binary), "×": MathSign("×", "x", .binary),
    "≤": MathSign("≤", "<=", .relation), "≥": MathSign("≥", ">=", .relation),
    "→": MathSign("→", "->", .relation), "∞": MathSign("∞", "inf"),
  ]

  /// Functions, and whether their limits stand below them.
  static let functions: [String: Bool] = [
    "log": false, "ln": false, "exp": false, "sin": false, "cos": false, "tan": false,
    "tanh": false, "sinh": false, "cosh": false, "det": false, "dim": false, "ker": false,
    "deg": false, "arg": false, "arctan": false, "arcsin": false, "arccos": false, "gcd": true,
    "max": true, "min": true, "sup": true, "inf": true, "lim": true, "argmax": true,
    "argmin": true, "Pr": true, "softmax": false,
  ]

  static let accents: [String: MathAccent] = [
    "hat": MathAccent(combining: "\u{302}", alone: "^", name: "hat", stretches: false),
    "widehat": MathAccent(combining: "\u{302}", alone: "^", name: "hat", stretches: true),
    "bar": MathAccent(combining: "\u{304}", alone: "¯", name: "bar", stretches: false),
    "overline": MathAccent(combining: "\u{304}", alone: "¯", name: "bar", stretches: true),
    "tilde": MathAccent(combining: "\u{303}", alone: "~", name: "tilde", stretches: false),
    "widetilde": MathAccent(combining: "\u{303}", alone: "~", name: "tilde", stretches: true),
    "vec": MathAccent(combining: "\u{20D7}", alone: "→", name: "vec", stretches: false),
    "dot": MathAccent(combining: "\u{307}", alone: "˙", name: "dot", stretches: false),
    "ddot": MathAccent(combining: "\u{308}", alone: "¨", name: "ddot", stretches: false),
    "check": MathAccent(combining: "\u{30C}", alone: "ˇ", name: "check", stretches: false),
  ]

  static let spaces: [String: Double] = [
    ",": 0.167, ":": 0.222, ">": 0.222, ";": 0.278, "!": -0.167, " ": 0.25, "quad": 1, "qquad": 2,
    "thinspace": 0.167, "enspace": 0.5,
  ]

  /// Commands that only set the size of the bracket that follows, or the style of the formula.
  static let withoutEffect: Set<String> = [
    "big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl", "Biggl", "bigr", "Bigr", "biggr",
    "Biggr", "bigm", "Bigm", "displaystyle", "textstyle", "limits", "nolimits", "nonumber",
  ]

  static let environments: [String: MathTable.Kind] = [
    "matrix": .matrix(open: "", close: ""), "pmatrix": .matrix(open: "(", close: ")"),
    "bmatrix": .matrix(open: "[", close: "]"), "vmatrix": .matrix(open: "|", close: "|"),
    "Vmatrix": .matrix(open: "‖", close: "‖"), "Bmatrix": .matrix(open: "{", close: "}"),
    "smallmatrix": .matrix(open: "", close: ""), "array": .matrix(open: "", close: ""),
    "cases": .cases, "aligned": .aligned, "align": .aligned, "align*": .aligned,
    "split": .aligned, "gathered": .aligned,
  ]
}
