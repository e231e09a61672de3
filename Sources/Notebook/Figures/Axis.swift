import Foundation

/// One axis of a plot: the range it spans, where a value lies in it, and its round marks.
struct Axis: Sendable, Equatable {
  /// A mark on the axis.
  struct Tick: Sendable, Equatable {
    let value: Double
    let label: String
  }

  let scale: AxisScale
  private(set) var lower: Double
  private(set) var upper: Double
  private(set) var ticks: [Tick]

  /// An axis around some values; what is not finite, or not positive on a logarithmic axis, is ignored.
  ///
  /// With `endsOnTicks`, the range grows to the next marks, as is usual for vertical axes. The values in
  /// `marked` make good marks if they do not crowd, for instance the numbers of labels.
  init(
    values: [Double], scale: AxisScale, tickCount: Int = 5, endsOnTicks: Bool,
    marked: [Double] = []
  ) {
    let usable = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
    let low = usable.min() ?? (scale == .linear ? 0 : 1)
    let high = usable.max() ?? (scale == .linear ? 1 : 10)
    self.scale = scale
    (self.lower, self.upper, self.ticks) = (low, high, [])
    switch scale {
    case .linear: setLinear(tickCount: tickCount, endsOnTicks: endsOnTicks)
    case .logarithmic: setLogarithmic(tickCount: tickCount, endsOnTicks: endsOnTicks)
    }
    // The room around the largest numbers there are does not go beyond them.
    lower = max(lower, -Double.greatestFiniteMagnitude)
    upper = min(upper, Double.greatestFiniteMagnitude)
    let candidates = Set(marked).filter { $0.isFinite && $0 >= lower && $0 <= upper }.sorted()
    if scale == .logarithmic, (2...8).contains(candidates.count) {
      let gaps = zip(candidates, candidates.dropFirst()).map { fraction($1) - fraction($0) }
      if gaps.allSatisfy({ $0 >= 0.1 }) { ticks = candidates.map(Self.tick) }
    }
  }

  /// Where a value lies, from 0 at the lower end to 1 at the upper end.
  func fraction(_ value: Double) -> Double {
    switch scale {
    case .linear:
      // Halves, so that a range as wide as the largest number does not overflow.
      (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .logarithmic: log10(value / lower) / log10(upper / lower)
    }
  }

  /// Whether the axis can show a value.
  func shows(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }

  private mutating func setLinear(tickCount: Int, endsOnTicks: Bool) {
    if upper - lower <= max(abs(upper), abs(lower)) * 1e-12 {
      // A constant: some room on both sides, so that the line lies in the middle.
      let room = upper == 0 ? 1 : abs(upper) * 0.1
      (lower, upper) = (lower - room, upper + room)
    }
    let step = Self.roundStep((upper / 2 - lower / 2) / Double(max(1, tickCount)) * 2)
    if endsOnTicks {
      // The tolerance keeps 0.3 from growing to 0.4 because 0.3 / 0.1 is 2.9999999999999996.
      lower = (lower / step + 1e-9).rounded(.down) * step
      upper = (upper / step - 1e-9).rounded(.up) * step
    } else {
      let room = (upper / 2 - lower / 2) * 0.04
      (lower, upper) = (lower - room, upper + room)
    }
    let decimals = max(0, -Int(log10(step * 1.000001).rounded(.down)))
    let isHalf = Self.trimmedMantissa(step) == 2.5
    let first = Int((lower / step - 1e-9).rounded(.up))
    let last = Int((upper / step + 1e-9).rounded(.down))
    guard last >= first, last - first < 100 else { return }
    ticks = (first...last).map { index in
      let value = Double(index) * step
      let largest = max(abs(lower), abs(upper))
      let label =
        largest >= 1e7 || decimals > 5
        ? NumberText.scientific(value)
        : NumberText.grouped(NumberText.fixed(value, decimals: isHalf ? decimals + 1 : decimals))
      return Tick(value: value, label: label)
    }
  }

  private mutating func setLogarithmic(tickCount: Int, endsOnTicks: Bool) {
    if upper / lower < 1.02 {
      (lower, upper) = (lower / 2, min(upper, .greatestFiniteMagnitude / 2) * 2)
    }
    let decades = log10(upper / lower)
    let mantissas: [Double] = decades < 1.5 ? [1, 2, 5] : decades < 3 ? [1, 3] : [1]
    let every = max(1, Int((decades / Double(tickCount + 1)).rounded(.up)))
    let first = Int(log10(lower).rounded(.down))
    let last = Int(log10(upper).rounded(.up))
    let candidates = (first...last).flatMap { exponent in
      exponent.isMultiple(of: every)
        ? mantissas.map { $0 * pow(10, Double(exponent)) }.filter(\.isFinite) : []
    }
    if endsOnTicks {
      lower = candidates.last { $0 <= lower * 1.000001 } ?? lower
      upper = candidates.first { $0 >= upper * 0.999999 } ?? upper
    } else {
      let room = pow(upper / lower, 0.04)
      (lower, upper) = (lower / room, upper * room)
    }
    ticks = candidates.filter { $0 >= lower * 0.999999 && $0 <= upper * 1.000001 }.map(Self.tick)
    if ticks.count < 2 {
      let step = Self.roundStep((upper - lower) / 3)
      let start = Int((lower / step).rounded(.up))
      let end = Int((upper / step).rounded(.down))
      if start <= end { ticks = (start...end).map { Self.tick(Double($0) * step) } }
    }
  }

  private static func tick(_ value: Double) -> Tick {
    Tick(value: value, label: NumberText.short(value))
  }

  /// The next of 1, 2, 2.5, 5, 10 times a power of ten.
  private static func roundStep(_ raw: Double) -> Double {
    let power = pow(10, log10(raw).rounded(.down))
    let mantissa = raw / power
    let round = [1, 2, 2.5, 5, 10].first { mantissa <= $0 * 1.000001 } ?? 10
    return round * power
  }

  private static func trimmedMantissa(_ step: Double) -> Double {
    let mantissa = step / pow(10, log10(step * 1.000001).rounded(.down))
    return (mantissa * 1000).rounded() / 1000
  }
}
