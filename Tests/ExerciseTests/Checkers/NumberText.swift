/// A number with five significant digits, like `0.33333`; with all it has where it is tiny or huge.
public func text(_ number: Float) -> String {
  if number == 0 { return "0" }
  if number.isNaN { return "nan" }
  if number.isInfinite { return number > 0 ? "inf" : "-inf" }
  if abs(number) < 1e-8 || abs(number) >= 1e9 { return "\(number)" }
  var scale = 1.0
  let size = Double(abs(number))
  while size * scale < 10_000, scale < 1e12 { scale *= 10 }
  let rounded = (Double(number) * scale).rounded() / scale
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}

/// A list, like `[0.5, 1, -2.25]`; a long one is cut short and its length is told.
public func text(_ numbers: [Float]) -> String { joined(numbers.map { text($0) }, limit: 24) }

/// A table, row by row.
public func text(_ rows: [[Float]]) -> String { joined(rows.map { text($0) }, limit: 12) }

/// A list of whole numbers.
public func text(_ numbers: [Int]) -> String { joined(numbers.map { "\($0)" }, limit: 40) }

/// An answer's number and the expected one: alike where they are equal up to rounding, with all their
/// digits where they are not and five would make them look alike.
func texts(
  _ got: Float, besides expected: Float, tolerance: Float, least: LeastSizes
) -> (got: String, expected: String) {
  if isClose(got, expected, tolerance: tolerance, least: least) {
    return (text(expected), text(expected))
  }
  return text(got) == text(expected) ? ("\(got)", "\(expected)") : (text(got), text(expected))
}

func texts(
  _ got: [Float], besides expected: [Float], tolerance: Float, least: LeastSizes
) -> (got: String, expected: String) {
  if got.count != expected.count {
    return (text(got) + " (" + count(got.count, "number") + ")", text(expected))
  }
  let all = got.indices.map {
    texts(got[$0], besides: expected[$0], tolerance: tolerance, least: .all(least.size($0)))
  }
  return (joined(all.map(\.got), limit: 24), joined(all.map(\.expected), limit: 24))
}

func texts(
  _ got: [[Float]], besides expected: [[Float]], tolerance: Float, least: LeastSizes
) -> (got: String, expected: String) {
  if got.count != expected.count {
    return (text(got) + " (" + count(got.count, "row") + ")", text(expected))
  }
  let all = got.indices.map {
    texts(got[$0], besides: expected[$0], tolerance: tolerance, least: least[$0])
  }
  return (joined(all.map(\.got), limit: 12), joined(all.map(\.expected), limit: 12))
}

/// How many there are, like `1 row` or `2 rows`; `plural` where an s does not make it.
func count(_ number: Int, _ one: String, _ plural: String? = nil) -> String {
  "\(number) " + (number == 1 ? one : plural ?? one + "s")
}

/// A table of who sees whom, a row on each line: `#` where place i looks at place j, `.` elsewhere.
func drawing(_ visible: [[Bool]]) -> String {
  if visible.isEmpty { return " no rows" }
  return visible.map { "\n            " + String($0.map { $0 ? "#" : "." }) }.joined()
}

/// The items that fit, and how many there are if some do not: an input is to be read, not scrolled.
private func joined(_ items: [String], limit: Int) -> String {
  var shown: [String] = []
  var length = 0
  for item in items {
    length += item.count + 2
    if shown.count == limit || (length > 240 && !shown.isEmpty) { break }
    shown.append(item)
  }
  if shown.count == items.count { return "[" + items.joined(separator: ", ") + "]" }
  return "[" + shown.joined(separator: ", ") + ", … \(items.count) in all]"
}
