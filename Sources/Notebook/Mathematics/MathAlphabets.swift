/// The letters that Unicode has for mathematics: other alphabets, and letters above and below the line.
enum MathAlphabets {
  /// The alphabet of a command such as `mathbf`; nil if the command is none.
  static func letter(_ character: Character, command: String) -> String? {
    guard let scalar = character.unicodeScalars.first, character.isASCII else {
      return command == "boldsymbol" || command == "mathbf" || command == "bm"
        ? boldGreek(character) : String(character)
    }
    if let special = specials[command]?[character] { return special }
    let bases: (capital: UInt32, small: UInt32, digit: UInt32?)
    switch command {
    case "mathbf", "boldsymbol", "bm", "pmb": bases = (0x1D400, 0x1D41A, 0x1D7CE)
    case "mathbb": bases = (0x1D538, 0x1D552, 0x1D7D8)
    case "mathcal", "mathscr": bases = (0x1D49C, 0x1D4B6, nil)
    case "mathsf": bases = (0x1D5A0, 0x1D5BA, 0x1D7E2)
    case "mathtt": bases = (0x1D670, 0x1D68A, 0x1D7F6)
    case "mathfrak": bases = (0x1D504, 0x1D51E, nil)
    default: return String(character)
    }
    let code: UInt32?
    switch scalar {
    case "A"..."Z": code = bases.capital + scalar.value - 65
    case "a"..."z": code = bases.small + scalar.value - 97
    case "0"..."9": code = bases.digit.map { $0 + scalar.value - 48 }
    default: code = nil
    }
    return code.flatMap(Unicode.Scalar.init).map(String.init) ?? String(character)
  }

  /// Letters that had their place in Unicode before the alphabets came.
  private static let specials: [String: [Character: String]] = [
    "mathbb": [
      "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
    ],
    "mathcal": script, "mathscr": script,
    "mathfrak": ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"],
  ]
  private static let script: [Character: String] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
    "g": "ℊ", "o": "ℴ",
  ]

  private static func boldGreek(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first else { return String(character) }
    let code: UInt32?
    switch scalar {
    case "Α"..."Ω": code = 0x1D6A8 + scalar.value - 0x391
    case "α"..."ω": code = 0x1D6C2 + scalar.value - 0x3B1
    case "ϵ": code = 0x1D6DC
    case "ϕ": code = 0x1D6DF
    default: code = nil
    }
    return code.flatMap(Unicode.Scalar.init).map(String.init) ?? String(character)
  }

  /// The text above the line, or nil if a letter of it has no such form.
  static func raised(_ text: String) -> String? { mapped(text, upper) }

  /// The text below the line, or nil if a letter of it has no such form.
  static func lowered(_ text: String) -> String? { mapped(text, lower) }

  private static func mapped(_ text: String, _ table: [Character: Character]) -> String? {
    let letters = text.filter { $0 != " " }.map { table[$0] }
    return letters.contains(nil) ? nil : String(letters.compactMap { $0 })
  }

  private static let upper = Dictionary(
    uniqueKeysWithValues: zip(
      "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤′∗",
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′*"))

  private static let lower = Dictionary(
    uniqueKeysWithValues: zip(
      "0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"))
}
