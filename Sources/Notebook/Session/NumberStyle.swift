import Foundation

/// How a number stands in the text.
public enum NumberStyle: Sendable, Equatable {
  /// With so many digits behind the point: `0.81`.
  case decimals(Int)
  /// A share of 1 as hundredths, with so many digits behind the point: `81.2 %`.
  case percent(Int)
  /// A whole number with its thousands apart: `12,000`.
  case whole
  /// A time in seconds, in the unit that suits it: `0.4 s`, `38 s`, `12 min`.
  case seconds

  /// The number as the text has it.
  public func text(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "not a number" : "infinite" }
    switch self {
    case .decimals(let digits): return Self.fixed(number, digits)
    case .percent(let digits): return Self.fixed(number * 100, digits) + " %"
    case .whole: return Self.grouped(Self.fixed(number.rounded(), 0))
    case .seconds:
      if number < 9.95 { return Self.fixed(number, 1) + " s" }
      if number < 120 { return Self.fixed(number, 0) + " s" }
      return Self.fixed(number / 60, 0) + " min"
    }
  }

  private static func fixed(_ number: Double, _ digits: Int) -> String {
    let text = String(format: "%.\(max(0, digits))f", number)
    // A zero has no sign, whichever side it was rounded from.
    return text.hasPrefix("-") && !text.contains(where: { "123456789".contains($0) })
      ? String(text.dropFirst()) : text.replacing("-", with: "−")
  }

  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3), digit.isNumber { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }

  /// The first number in a text of the page, in the unit that the text has; minutes as seconds.
  static func number(in text: String) -> Double? {
    let plain = text.replacing(",", with: "").replacing("−", with: "-")
    guard let start = plain.firstIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
    let digits = plain[start...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard var number = Double(digits.hasSuffix(".") ? digits.dropLast() : digits) else {
      return nil
    }
    if plain[..<start].hasSuffix("-") { number = -number }
    return plain.hasSuffix(" min") ? number * 60 : number
  }
}

/// A share as a whole number of hundredths, `81 %`.
public func percent(_ share: some BinaryFloatingPoint) -> String {
  NumberStyle.percent(0).text(Double(share))
}
