import Synchronization

/// Which wrong ideas can still be behind the answers to a part's cases.
///
/// A wrong idea is named only if it gives the learner's answer in the case that fails, gave it in every
/// case before, and no other idea does. A guess that does not fit sends a learner astray.
final class Guesses: Sendable {
  /// Those of the part that is being checked.
  @TaskLocal static var current: Guesses?

  private let ruledOut = Mutex<Set<String>>([])

  /// The sentence about the one wrong idea that is left; nil if the answer is right, or where none or
  /// several are left.
  ///
  /// An idea that may be carried out in several ways has several entries with the same sentence.
  static func name<Answer>(
    _ got: Answer, isRight: Bool, _ misconceptions: [Misconception<Answer>],
    isAlike: (Answer, Answer) -> Bool
  ) -> String? {
    name(isRight: isRight, misconceptions.map { ($0.sentence, isAlike(got, $0.answer)) })
  }

  /// The same where a wrong idea has no single answer, as in a random draw: each idea comes with whether
  /// it could have given this one.
  static func name(isRight: Bool, _ ideas: [(sentence: String, fits: Bool)]) -> String? {
    var places: [String: Int] = [:]
    var left: Set<String> = []
    var ruledOut = current?.ruledOut.withLock { $0 } ?? []
    for idea in ideas {
      let place = places[idea.sentence, default: 0]
      places[idea.sentence] = place + 1
      let key = "\(place) \(idea.sentence)"
      if !idea.fits {
        ruledOut.insert(key)
      } else if !ruledOut.contains(key) {
        left.insert(idea.sentence)
      }
    }
    current?.ruledOut.withLock { $0 = ruledOut }
    return !isRight && left.count == 1 ? left.first : nil
  }
}

/// Checks a small case before those that tell the wrong ideas apart.
///
/// A learner is shown an input that can be worked out on paper. There several wrong ideas often give the
/// same answer: so the telling cases are tried before, and rule out what does not fit them.
func checkFirst(_ small: () throws -> Void, toldApartBy telling: [() throws -> Void]) throws {
  for check in telling { try? check() }
  try small()
  for check in telling { try check() }
}
