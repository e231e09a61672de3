/// The ranges 0..<size, size..<2·size, … that together make 0..<count; the last may be shorter.
public func batches(_ count: Int, of size: Int) -> [Range<Int>] {
  stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
}
