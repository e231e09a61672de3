import Foundation

/// A picture inside a web page: its names must not meet those of other pictures.
enum EmbeddedSVG {
  /// The narrowest that a picture with axes and words is shown, in CSS pixels.
  ///
  /// On a phone it then scrolls in its box rather than becoming unreadable.
  private static let narrowest = 320.0

  /// The picture without the lines that only a file of its own needs, each id with a prefix.
  static func html(_ svg: String, prefix: String) -> String {
    guard let start = svg.range(of: "<svg") else { return "" }
    var text = String(svg[start.lowerBound...])
    for id in ids(text) {
      let new = "\(prefix)-\(id)"
      text = text.replacing("id=\"\(id)\"", with: "id=\"\(new)\"")
        .replacing("labelledby=\"\(id)\"", with: "labelledby=\"\(new)\"")
        .replacing("labelledby=\"\(id) ", with: "labelledby=\"\(new) ")
        .replacing(" \(id)\"", with: " \(new)\"")
      text = withReferences(text, to: id, as: new)
    }
    return withWidth(text.trimmingSpaces)
  }

  private static func ids(_ svg: String) -> [String] {
    svg.split(separator: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  /// Renames `#id` in links and style rules, where the name ends there.
  private static func withReferences(_ svg: String, to id: String, as new: String) -> String {
    let parts = svg.components(separatedBy: "#" + id)
    var result = parts[0]
    for part in parts.dropFirst() {
      let next = part.first ?? " "
      let goesOn = next.isLetter || next.isNumber || "-_".contains(next)
      result += "#" + (goesOn ? id : new) + part
    }
    return result
  }

  private static func withWidth(_ svg: String) -> String {
    guard let end = svg.firstIndex(of: ">"),
      let attribute = svg[..<end].range(of: " width=\""),
      let width = Double(svg[attribute.upperBound...].prefix { $0.isNumber || $0 == "." })
    else { return svg }
    let least = Int(min(width, narrowest))
    return "<svg style=\"min-width:\(least)px\"" + svg.dropFirst("<svg".count)
  }
}
