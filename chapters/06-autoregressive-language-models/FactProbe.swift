import CourseData
import Foundation
import TensorCore

/// A beginning and sentences that might follow it, of which some are right.
struct FactProbe {
  let context: [Int]
  let candidates: [[Int]]
  /// The indices of the right candidates.
  let right: Set<Int>

  /// The probability of the right candidates, were one of the candidates sure to come.
  ///
  /// - Parameter scores: log P of each candidate after the context.
  /// - Returns: the share of the right candidates.
  func probability(_ scores: [Double]) -> Double {
    let largest = scores.max()!
    let weights = scores.map { exp($0 - largest) }
    return right.map { weights[$0] }.reduce(0, +) / weights.reduce(0, +)
  }

  /// Whether the likeliest candidate is right.
  func isRight(_ scores: [Double]) -> Bool {
    right.contains(scores.indices.max { scores[$0] < scores[$1] }!)
  }

  /// The scores that a counting model gives.
  func scores(_ model: KneserNey) -> [Double] {
    candidates.map { model.logProbability(of: $0[...], after: context[...]) }
  }

  /// The scores that a GPT gives.
  func scores(_ model: GPT) -> [Double] {
    model.logProbabilities(of: candidates, after: context)
  }
}

extension GPT {
  /// log P of each continuation of one beginning, in nats.
  func logProbabilities(of continuations: [[Int]], after beginning: [Int]) -> [Double] {
    let longest = continuations.map(\.count).max()!
    let context = Array(beginning.suffix(sizes.context + 1 - longest))
    let texts = continuations.map {
      (context + $0 + [Int](repeating: 0, count: longest - $0.count)).dropLast().map { $0 }
    }
    let logs = evaluating {
      // Only the places that predict a continuation need scores.
      logSoftmax(
        logits(
          features(texts).sliced(axis: 1, context.count - 1..<context.count - 1 + longest)))
    }.value
    return continuations.enumerated().map { number, tokens in
      tokens.enumerated().reduce(0) { $0 + Double(logs[number, $1.offset, $1.element]) }
    }
  }
}

extension FactProbe {
  /// What is known of the stories' places: every place that occurs in some stories.
  static func places(in stories: [Story]) -> [StoryPlace] {
    Set(stories.flatMap(\.places)).sorted { $0.name < $1.name }
  }

  /// After “After school Mike went home.”: what one does there, among what one does anywhere.
  static func activities(
    _ places: [StoryPlace], people: [StoryPerson], tokenizer: BytePairTokenizer
  ) -> [FactProbe] {
    let all = places.flatMap { place in place.activities.map { (place, $0) } }
    return zip(places, people).map { place, person in
      FactProbe(
        context: tokenizer.encode("\nAfter school \(person.name) went \(place.direction)."),
        candidates: all.map { tokenizer.encode(" \(person.pronoun.capitalized) \($0.1).") },
        right: Set(all.indices.filter { all[$0].0 == place }))
    }
  }

  /// A story up to its last sentence, which says where the hero or a thing is, and all places.
  ///
  /// - Returns: the probes, and whether each story named the right place last.
  static func whereabouts(
    _ stories: [Story], among places: [StoryPlace], tokenizer: BytePairTokenizer
  ) -> [(probe: FactProbe, isNamedLast: Bool)] {
    stories.compactMap { story in
      let subject: String
      let place: StoryPlace
      switch story.events.last {
      case .recallsThing(let thing, .at(let here)): (subject, place) = ("the \(thing.name)", here)
      case .recallsPerson(let person, let here): (subject, place) = (person.name, here)
      default: return nil
      }
      guard let right = places.firstIndex(of: place) else { return nil }
      let beginning = story.sentences.dropLast().joined(separator: " ")
      let probe = FactProbe(
        context: tokenizer.encode("\n\(beginning) In the end \(subject) was"),
        candidates: places.map { tokenizer.encode(" \($0.location).") }, right: [right])
      return (probe, story.places.last == place)
    }
  }
}

/// The mean of some numbers; 0 of none.
func mean(_ numbers: [Double]) -> Double {
  numbers.isEmpty ? 0 : numbers.reduce(0, +) / Double(numbers.count)
}
