import Synchronization

/// Answers by what they were asked with, as a learner may keep them: with too short a key they are those to
/// another question.
final class Memory<Answer: Sendable>: Sendable {
  private let answers = Mutex<[String: Answer]>([:])

  /// The answer under a key, made where there is none.
  func value(_ key: String, _ make: () throws -> Answer) rethrows -> Answer {
    if let known = answers.withLock({ $0[key] }) { return known }
    let made = try make()
    answers.withLock { $0[key] = made }
    return made
  }
}
