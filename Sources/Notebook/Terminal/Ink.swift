import Foundation

/// A colour of 24 bits.
public struct Colour: Sendable, Hashable {
  /// The share of red, 0 to 255.
  public var red: UInt8
  /// The share of green, 0 to 255.
  public var green: UInt8
  /// The share of blue, 0 to 255.
  public var blue: UInt8

  /// A colour of three shares.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// A colour as the web writes it, `0x0072B2`.
  public init(_ code: Int) {
    self.init(
      red: UInt8(code >> 16 & 255), green: UInt8(code >> 8 & 255), blue: UInt8(code & 255))
  }

  /// The colour as the web writes it, `#0072b2`.
  public var code: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The relative luminance of WCAG 2.2, from 0 (black) to 1 (white).
  public var luminance: Double {
    let parts = [red, green, blue].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// The contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white).
  public func contrast(with other: Colour) -> Double {
    let (dark, bright) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (bright + 0.05) / (dark + 0.05)
  }
}

extension TerminalStyle {
  /// The text in a colour, where colours may be used.
  public func coloured(_ text: String, _ colour: Colour) -> String {
    guard usesColour, !text.isEmpty else { return text }
    return "\u{1B}[38;2;\(colour.red);\(colour.green);\(colour.blue)m\(text)\u{1B}[39m"
  }

  /// The text on a coloured ground, where colours may be used.
  public func onGround(_ text: String, _ colour: Colour) -> String {
    guard usesColour, !text.isEmpty else { return text }
    return "\u{1B}[48;2;\(colour.red);\(colour.green);\(colour.blue)m\(text)\u{1B}[49m"
  }

  /// The text in bold type, where the terminal's style may be changed.
  public func bold(_ text: String) -> String {
    usesColour && !text.isEmpty ? "\u{1B}[1m\(text)\u{1B}[22m" : text
  }

  /// The text less bright than its surroundings, where the terminal's style may be changed.
  public func faint(_ text: String) -> String {
    usesColour && !text.isEmpty ? "\u{1B}[2m\(text)\u{1B}[22m" : text
  }
}
