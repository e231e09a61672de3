/// A number that a figure can show, so that `Int`, `Float` and `Double` need no conversion.
public protocol FigureNumber: Sendable {
  /// The number in double precision.
  var figureValue: Double { get }
}

extension Double: FigureNumber {
  /// The number itself.
  public var figureValue: Double { self }
}

extension Float: FigureNumber {
  /// The number in double precision.
  public var figureValue: Double { Double(self) }
}

extension Int: FigureNumber {
  /// The number in double precision.
  public var figureValue: Double { Double(self) }
}

/// Stops the program because a figure was given lists that do not belong together.
func figureError(_ what: String, file: StaticString, line: UInt) -> Never {
  fatalError("figure: \(what)", file: file, line: line)
}
