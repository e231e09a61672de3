/// What an exercise's stub throws: its answer is not written yet.
///
/// The checker then reports "not started", and a chapter that runs with `--mine` names the function
/// and uses the course's own.
public struct NotStarted: Error, CustomStringConvertible {
  /// The function that is not written yet, as Swift names it: `updatedCentres(points:…)`.
  public let function: String
  /// The file it stands in, from the top of the course: `exercises/Chapter1/KMeansStep.swift`.
  public let file: String

  /// Notes the function and the file that it is written in.
  public init(function: StaticString = #function, file: StaticString = #fileID) {
    self.function = "\(function)"
    let parts = "\(file)".split(separator: "/", maxSplits: 1).map(String.init)
    let module = parts[0]
    if module.hasSuffix("Exercises"), parts.count == 2 {
      self.file = "exercises/\(module.dropLast("Exercises".count))/\(parts[1])"
    } else {
      self.file = "\(file)"
    }
  }

  /// The same from the names themselves, as they came from another process.
  public init(_ function: String, in file: String) {
    (self.function, self.file) = (function, file)
  }

  /// One line: the function and where it waits to be written.
  public var description: String { "\(function) in \(file) is not written yet" }
}
