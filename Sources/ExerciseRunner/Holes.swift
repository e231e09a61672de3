/// A file of an exercise, taken apart: what stands inside its holes, and all else.
public struct Holes: Equatable, Sendable {
  /// The line that opens a hole.
  public static let begin = "// Your answer begins here."
  /// The line that closes it.
  public static let end = "// Your answer ends here."

  /// All lines but those inside holes; the marks are among them.
  public var outside: [String] = []
  /// The lines of each hole.
  public var inside: [[String]] = []

  /// Takes a file's text apart; nil where a mark lacks its counterpart.
  public init?(of text: String) {
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words == Holes.end {
        if !isInside { return nil }
        isInside = false
      }
      if isInside {
        inside[inside.count - 1].append(String(line))
      } else {
        outside.append(String(line))
      }
      if words == Holes.begin {
        if isInside { return nil }
        isInside = true
        inside.append([])
      }
    }
    if isInside { return nil }
  }

  /// The lines inside the holes that would tell an answer.
  ///
  /// They have six words or more, and are more than the head of a loop: shorter ones, like a softmax's
  /// sum, any code may share.
  public var tellingLines: [String] {
    inside.flatMap { $0 }.map { String($0.drop { $0 == " " }) }.filter { line in
      !line.hasPrefix("for ") && line.split { !$0.isLetter && !$0.isNumber }.count >= 6
    }
  }
}
