import Exercises

/// The way to a learner's functions in another process, as the checker's process has it.
public protocol LearnersProcess: Sendable {
  /// Sends a request and waits for the reply to it.
  ///
  /// - Parameters:
  ///   - function: The name of the function that is called.
  ///   - arguments: Its arguments, written one after another.
  /// - Returns: What came back: see `Line.Reply`.
  /// - Throws: `LostAnswer`, where none came.
  func call(_ function: String, _ arguments: WireWriter) throws(LostAnswer) -> WireReader

  /// Notes the input that the next functions are called with, for the message about a crash.
  func note(_ input: String)

  /// Notes that a reply was no answer: nothing that comes later is believed either.
  func distrust(_ reason: String) -> LostAnswer

  /// Goes on in a new process, which remembers nothing and has another order of Sets.
  func startAnew() throws(LostAnswer)
}

/// The learner's process gave no answer: it crashed, was stopped, or sent what cannot be read.
///
/// Why, is told by whoever looked after the process.
public struct LostAnswer: Error {
  /// Notes that an answer is lost.
  public init() {}
}

/// An error that a learner's function threw in its process.
struct ThrownThere: Error, CustomStringConvertible {
  let description: String
}

/// Calls from the checker's process to the learner's.
public enum Line {
  /// What the first byte of a reply says about the rest.
  enum Reply: UInt8 {
    /// The result follows, and the state of an `inout` argument.
    case answer
    /// The function's and the file's name follow.
    case notStarted
    /// The error's text follows.
    case threw
    /// The call could not be made; the reason follows.
    case refused
  }

  /// The process that functions are called in which were not set in this one.
  @TaskLocal public static var current: (any LearnersProcess)?

  /// The longest request or reply, in bytes: no exercise asks for as much.
  public static let longest = 1 << 26

  /// Notes the input that the learner's functions are called with from here on.
  public static func note(_ input: String) { current?.note(input) }

  /// Calls a function in the learner's process.
  static func call<Arguments, Result>(
    _ function: String, _ arguments: Arguments, gives: Result.Type
  ) throws -> Result {
    guard let process = current else {
      fatalError("the function \(function) was not set, and there is no learner's process")
    }
    var request = WireWriter()
    request.write(arguments)
    var reply = try process.call(function, request)
    do {
      switch try reply.read(Reply.self) {
      case .answer:
        let result = try reply.read(Result.self)
        try reply.finish()
        return result
      case .notStarted:
        let (function, file) = try reply.read((String, String).self)
        throw NotStarted(function, in: file)
      case .threw: throw ThrownThere(description: try reply.read())
      case .refused: throw process.distrust(try reply.read())
      }
    } catch let unreadable as Unreadable {
      throw process.distrust("what came as the answer of \(function) is none: \(unreadable)")
    }
  }
}
