import Foundation

/// Text for places that show only ASCII: a pipe, a file, an old terminal.
enum PlainText {
  /// The text with typographic marks and mathematical signs spelled in ASCII.
  ///
  /// Letters of other scripts stay as they are: nothing readable could stand in their place.
  static func ascii(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 128 }) else { return text }
    var result = ""
    var script: Script?
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      if let (kind, letter) = scripts[scalar] {
        if script != kind {
          if script != nil { result += ")" }
          result += kind.rawValue + "("
        }
        script = kind
        result += letter
        continue
      }
      if script != nil { result += ")" }
      script = nil
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if let words = spelled[scalar] {
        result += words
      } else if !isAccent(scalar) || result.unicodeScalars.last?.isASCII != true {
        result.unicodeScalars.append(scalar)
      }
    }
    if script != nil { result += ")" }
    return withoutNeedlessBrackets(result).precomposedStringWithCanonicalMapping
  }

  /// A letter above or below the line.
  private enum Script: String { case raised = "^", lowered = "_" }

  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    (0x300...0x36F).contains(scalar.value) || (0x20D0...0x20FF).contains(scalar.value)
  }

  /// `x^(2)` becomes `x^2`: brackets stand only around more than one letter.
  private static func withoutNeedlessBrackets(_ text: String) -> String {
    var characters = Array(text)
    var index = 0
    while index + 3 < characters.count {
      if "^_".contains(characters[index]), characters[index + 1] == "(",
        characters[index + 3] == ")", characters[index + 2] != "("
      {
        characters.remove(at: index + 3)
        characters.remove(at: index + 1)
      }
      index += 1
    }
    return String(characters)
  }

  private static let scripts: [Unicode.Scalar: (Script, String)] = {
    var table: [Unicode.Scalar: (Script, String)] = [:]
    let raised = zip(
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
      "0123456789+-=()niTabcdefghjklmoprstuvwxyz")
    let lowered = zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx")
    for (sign, letter) in raised {
      table[sign.unicodeScalars.first!] = (.raised, String(letter))
    }
    for (sign, letter) in lowered {
      table[sign.unicodeScalars.first!] = (.lowered, String(letter))
    }
    return table
  }()

  private static let spelled: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (sign, words) in signs { table[sign.unicodeScalars.first!] = words }
    let greek = zip(
      "αβγδεζηθικλμνξπρστυφχψω",
      [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
        "omega",
      ])
    for (letter, name) in greek {
      table[letter.unicodeScalars.first!] = name
      let capital = letter.uppercased().unicodeScalars.first!
      table[capital] = name.prefix(1).uppercased() + name.dropFirst()
    }
    return table
  }()

  private static let signs: [(String, String)] = [
    ("–", "-"), ("—", "--"), ("−", "-"), ("‐", "-"), ("‑", "-"), ("‘", "'"), ("’", "'"),
    ("“", "\""), ("”", "\""), ("„", "\""), ("…", "..."), ("•", "-"), ("·", "."), ("×", "x"),
    ("÷", "/"), ("±", "+/-"), ("≈", "~"), ("≠", "!="), ("≤", "<="), ("≥", ">="), ("≪", "<<"),
    ("≫", ">>"), ("→", "->"), ("←", "<-"), ("↔", "<->"), ("⇒", "=>"), ("↦", "|->"), ("↑", "up"),
    ("↓", "down"), ("∞", "infinity"), ("∈", " in "), ("∉", " not in "), ("∅", "{}"), ("√", "sqrt"),
    ("∑", "sum"), ("∏", "product"), ("∫", "integral"), ("∂", "d"), ("∇", "grad "), ("∝", "~"),
    ("∼", "~"), ("‖", "||"), ("∣", "|"), ("⟨", "<"), ("⟩", ">"), ("⌊", "floor("), ("⌋", ")"),
    ("⌈", "ceil("), ("⌉", ")"), ("∘", " o "), ("⊙", " (.) "), ("⊕", " (+) "), ("⊗", " (x) "),
    ("⋅", "."), ("⋯", "..."), ("∪", " union "), ("∩", " and "), ("⊂", " within "),
    ("⊆", " within "),
    ("∀", "for all "), ("∃", "there is "), ("¬", "not "), ("∧", " and "), ("∨", " or "),
    ("ℝ", "R"), ("ℕ", "N"), ("ℤ", "Z"), ("𝔼", "E"), ("ℙ", "P"), ("ℓ", "l"), ("ℒ", "L"), ("𝟙", "1"),
    ("𝒩", "N"), ("𝒟", "D"), ("ϵ", "epsilon"), ("ϕ", "phi"), ("ϑ", "theta"), ("ς", "sigma"),
    ("′", "'"), ("″", "''"), ("°", " degrees"), ("\u{A0}", " "), ("\u{2009}", " "),
    ("\u{202F}", " "), ("\u{2003}", "  "), ("\u{200A}", " "), ("✓", "yes"), ("✗", "no"),
    ("│", "|"), ("─", "-"), ("©", "(c)"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"),
    ("§", "section "), ("µ", "mu"), ("∥", "||"), ("⊤", "T"), ("⊥", "_|_"), ("≡", "=="),
    ("≜", ":="), ("≔", ":="), ("⟶", "->"), ("ƒ", "f"), ("‰", " per mille"), ("¼", "1/4"),
    ("½", "1/2"), ("¾", "3/4"), ("∗", "*"), ("∖", "\\"), ("ϱ", "rho"), ("ı", "i"),
  ]
}
