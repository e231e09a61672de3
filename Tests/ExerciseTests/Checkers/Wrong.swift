import ExerciseFunctions
import Exercises

/// An answer that is not right: what was expected, what came, on which input, and why if it is known.
public struct Wrong: Error {
  /// The text for the learner, one fact a line.
  public var message: String

  /// Describes a wrong answer.
  ///
  /// - Parameters:
  ///   - what: What is not as it should be, in one sentence.
  ///   - expected: The right answer, or what it must satisfy.
  ///   - got: What the learner's function gave.
  ///   - input: What it was given.
  ///   - why: The misunderstanding that gives this very answer, where it is known.
  public init(
    _ what: String, expected: String? = nil, got: String? = nil, on input: String? = nil,
    why: String? = nil
  ) {
    var lines = [what]
    if let why { lines.append(why) }
    if let expected { lines.append("expected  " + expected) }
    if let got { lines.append("got       " + got) }
    if let input { lines.append("on        " + input) }
    message = lines.joined(separator: "\n")
  }
}

/// A known wrong idea: the answer it leads to, and the sentence that names it.
public struct Misconception<Answer> {
  /// What the idea gives on the input at hand.
  public let answer: Answer
  /// What to tell whoever gave that answer.
  public let sentence: String

  /// Joins an answer with the sentence about it.
  public init(_ sentence: String, gives answer: Answer) {
    self.answer = answer
    self.sentence = sentence
  }
}

extension Misconception: Sendable where Answer: Sendable {}

/// A change to every answer before it is checked, by which tests see what a checker lets through.
public enum Distortion {
  /// Takes an answer and gives one of the same type; nil, as for learners, where answers stay.
  @TaskLocal public static var current: (@Sendable (Any) -> Any)?
}

/// Calls the learner's code: notes the input, so that a crash can be told with it, and turns an error
/// that the code throws into a wrong answer.
///
/// - Parameters:
///   - input: The input as a learner would write it.
///   - body: The call.
/// - Returns: What the learner's code gave.
/// - Throws: `NotStarted` and `LostAnswer` as they are; any other error as a `Wrong` that tells of it.
public func answer<Answer>(on input: String, _ body: () throws -> Answer) throws -> Answer {
  Line.note(input)
  do {
    let given = try body()
    guard let distort = Distortion.current else { return given }
    return distort(given) as? Answer ?? given
  } catch let notStarted as NotStarted {
    throw notStarted
  } catch let lost as LostAnswer {
    throw lost
  } catch let wrong as Wrong {
    throw wrong
  } catch {
    throw Wrong(
      "Your function threw an error where it should give an answer.", got: "the error \(error)",
      on: input)
  }
}
