import Foundation

/// How figures write numbers, the same on every system and in every locale.
enum NumberText {
  /// A number with a fixed count of decimals, `-0.50`; a negative zero loses its sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return unusual(value) }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (abs(value) * factor).rounded()
    guard scaled < 1e15 else { return scientific(value) }
    var digits = String(Int(scaled))
    if decimals > 0 {
      if digits.utf8.count <= decimals {
        digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return value < 0 && scaled > 0 ? "-" + digits : digits
  }

  /// At most `decimals` decimals, without zeros at the end: coordinates.
  static func trimmed(_ value: Double, decimals: Int) -> String {
    let text = fixed(value, decimals: decimals)
    guard text.contains("."), !text.contains("e") else { return text }
    var view = Substring(text)
    while view.last == "0" { view.removeLast() }
    if view.last == "." { view.removeLast() }
    return String(view)
  }

  /// A number for a reader: three digits that count, thousands apart, `1,250`, `0.0312`, `4.2e-6`.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return unusual(value) }
    let size = abs(value)
    if size == 0 { return "0" }
    if size >= 1e7 || size < 1e-4 { return scientific(value) }
    if size >= 100 { return grouped(fixed(value, decimals: 0)) }
    if size >= 10 { return trimmed(value, decimals: 1) }
    // 0.0312: as many decimals as bring three digits that count.
    let leading = Int((-log10(size)).rounded(.up))
    return trimmed(value, decimals: max(2, leading + 2))
  }

  /// The thousands of a text of digits, set apart by commas.
  static func grouped(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let body = isNegative ? text.dropFirst() : Substring(text)
    let whole = body.prefix { $0.isNumber }
    guard whole.count > 3 else { return text }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0 && (whole.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return (isNegative ? "-" : "") + result + body.dropFirst(whole.count)
  }

  /// `4.2e-6`, with at most three digits that count.
  static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : unusual(value) }
    var exponent = Int(log10(abs(value)).rounded(.down))
    var mantissa = value / pow(10, Double(exponent))
    if abs(mantissa) >= 9.995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return trimmed(mantissa, decimals: 2) + "e\(exponent)"
  }

  /// The text for what is not a finite number.
  static func unusual(_ value: Double) -> String {
    value.isNaN ? "nan" : value > 0 ? "inf" : "-inf"
  }

  /// The same text with a minus sign instead of a hyphen, and `10⁶` instead of `1e6`.
  static func typeset(_ text: String) -> String {
    guard let separator = text.firstIndex(of: "e"), text.last?.isNumber == true else {
      return text.replacingOccurrences(of: "-", with: "−")
    }
    let superscripts: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
      "8": "⁸", "9": "⁹",
    ]
    let exponent = text[text.index(after: separator)...].map { superscripts[$0] ?? $0 }
    let mantissa = text[..<separator].replacingOccurrences(of: "-", with: "−")
    let power = "10" + String(exponent)
    return mantissa == "1" ? power : mantissa == "−1" ? "−" + power : mantissa + "·" + power
  }
}

extension NumberText {
  /// How many decimals numbers of this size need when they stand below each other.
  static func commonDecimals(_ values: [Double]) -> Int {
    let finite = values.filter(\.isFinite)
    let largest = finite.map { abs($0) }.max() ?? 0
    if largest >= 1000 || finite.allSatisfy({ $0 == $0.rounded() }) { return 0 }
    if largest >= 100 { return 1 }
    if largest > 1 { return 2 }
    return largest >= 0.05 ? 3 : largest >= 0.005 ? 4 : 6
  }

  /// A number with the decimals it shares with its neighbours, thousands apart.
  static func common(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return unusual(value) }
    return abs(value) >= 1e12 || (value != 0 && abs(value) < 1e-6)
      ? scientific(value) : grouped(fixed(value, decimals: decimals))
  }

  /// A spread with the decimals of the number that it belongs to: what is left of rounding is 0.
  static func spread(_ value: Double, decimals: Int) -> String {
    common(abs(value) < 1e-9 ? 0 : value, decimals: decimals)
  }
}
