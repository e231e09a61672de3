/// A number with five significant digits, like `0.33333`.
public func text(_ number: Float) -> String {
  if number == 0 { return "0" }
  if number.isNaN { return "nan" }
  if number.isInfinite { return number > 0 ? "inf" : "-inf" }
  var scale = 1.0
  let size = Double(abs(number))
  while size * scale < 10_000, scale < 1e12 { scale *= 10 }
  let rounded = (Double(number) * scale).rounded() / scale
  return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
}

/// A list, like `[0.5, 1, -2.25]`; a long one is cut short and its length is told.
public func text(_ numbers: [Float]) -> String { joined(numbers.map { text($0) }, limit: 24) }

/// A table, row by row.
public func text(_ rows: [[Float]]) -> String { joined(rows.map { text($0) }, limit: 12) }

/// A list of whole numbers.
public func text(_ numbers: [Int]) -> String { joined(numbers.map { "\($0)" }, limit: 40) }

/// A number beside another one: all its digits where five would make the two look alike.
func text(_ number: Float, besides other: Float) -> String {
  text(number) == text(other) && number != other ? "\(number)" : text(number)
}

func text(_ numbers: [Float], besides others: [Float]) -> String {
  if numbers.count != others.count { return text(numbers) + " (\(numbers.count) numbers)" }
  return joined(zip(numbers, others).map { text($0, besides: $1) }, limit: 24)
}

func text(_ rows: [[Float]], besides others: [[Float]]) -> String {
  if rows.count != others.count { return text(rows) + " (\(rows.count) rows)" }
  return joined(zip(rows, others).map { text($0, besides: $1) }, limit: 12)
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
