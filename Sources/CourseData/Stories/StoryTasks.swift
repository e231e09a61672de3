import TensorCore

/// A text with a class, for classification.
public struct ClassifiedText: Sendable {
  /// The text.
  public let text: String
  /// The number of its class.
  public let label: Int
}

/// A premise and a hypothesis, for entailment.
public struct EntailmentPair: Sendable {
  /// What is told.
  public let premise: String
  /// A sentence that follows from the premise, or contradicts it.
  public let hypothesis: String
  /// Whether the hypothesis follows; otherwise the premise contradicts it.
  public let isEntailed: Bool
}

/// The beginning of a story and sentences that might come next, for multiple choice.
public struct Continuation: Sendable {
  /// The sentences so far.
  public let context: String
  /// The sentences to choose from.
  public let choices: [String]
  /// The index of the one that the story went on with; the others cannot happen now.
  public let answer: Int
}

/// Labelled tasks whose answers follow from the ground truth of stories.
public enum StoryTasks {
  /// What can have become of the thing that a story is about, in the order of the labels.
  public static let fates = ["used up", "with somebody", "lying somewhere"]

  /// Stories classified by what has become of the thing that was taken last; `fates` names the classes.
  ///
  /// Stories in which nothing was taken are left out. The sentence that recalls a fact is left out, so
  /// that the label is nowhere spelled out.
  public static func fates(of stories: [Story]) -> [ClassifiedText] {
    stories.compactMap { story in
      let taken = story.events.compactMap { event -> StoryThing? in
        if case .takes(_, let thing, _) = event { thing } else { nil }
      }
      guard let thing = taken.last, let state = story.states.last else { return nil }
      let label =
        switch state.things[thing] {
        case .gone: 0
        case .with: 1
        case .at, nil: 2
        }
      return ClassifiedText(
        text: story.sentences.dropLast().joined(separator: " "), label: label)
    }
  }

  /// For each story a statement about where somebody is or a thing has come to; half of them are true.
  ///
  /// - Parameters:
  ///   - stories: the stories; the sentence that recalls a fact is not part of the premise.
  ///   - seed: decides which fact is asked for, and whether it is changed into a false one.
  /// - Returns: one pair for each story.
  public static func entailment(from stories: [Story], seed: UInt64) -> [EntailmentPair] {
    var random = Random(seed: seed)
    return stories.map { story in
      let isEntailed = random.chance(0.5)
      var fact = story.events.last!
      if !isEntailed { fact = falsified(fact, of: story, using: &random) }
      var telling = EnglishTelling(using: &random)
      return EntailmentPair(
        premise: story.sentences.dropLast().joined(separator: " "),
        hypothesis: telling.sentence(fact), isEntailed: isEntailed)
    }
  }

  /// A fact of the same kind that is not true.
  private static func falsified(
    _ fact: StoryEvent, of story: Story, using random: inout Random
  ) -> StoryEvent {
    func other(_ place: StoryPlace) -> StoryPlace {
      var others = story.places.filter { $0 != place }
      if others.isEmpty { others = StoryInventory.places.filter { $0 != place } }
      return others[random.integer(below: others.count)]
    }
    switch fact {
    case .recallsPerson(let person, let place): return .recallsPerson(person, other(place))
    case .recallsThing(let thing, .at(let place)): return .recallsThing(thing, .at(other(place)))
    case .recallsThing(let thing, .with(let person)):
      // The other one of the story, if there is one: the name alone must not give the answer away.
      var others = story.people.filter { $0 != person }
      if others.isEmpty { others = StoryInventory.people.filter { $0 != person } }
      return .recallsThing(thing, .with(others[random.integer(below: others.count)]))
    default: fatalError("StoryTasks: \(fact) recalls no fact")
    }
  }

  /// For each story a place where it breaks off, the sentence that came next, and others that cannot.
  ///
  /// A false choice names the same people, but what it tells is impossible at that moment: a deed of
  /// another place, or the use of a thing that the person does not have.
  ///
  /// - Parameters:
  ///   - stories: the stories.
  ///   - choices: how many sentences there are to choose from, 2 to 16.
  ///   - seed: decides where a story breaks off, and the false choices.
  /// - Returns: one question for each story in which somebody does or uses something.
  public static func continuations(
    of stories: [Story], choices: Int = 4, seed: UInt64
  ) -> [Continuation] {
    // The false ones are drawn until they differ: of very many there might not be enough.
    if !(2...16).contains(choices) {
      fatalError("StoryTasks.continuations: \(choices) choices, but 2…16 are possible")
    }
    var random = Random(seed: seed)
    return stories.compactMap { story in
      let places = story.events.indices.dropFirst().filter { index in
        switch story.events[index] {
        case .does, .uses(_, _, nil), .leaves: true
        default: false
        }
      }
      guard !places.isEmpty else { return nil }
      let at = places[random.integer(below: places.count)]
      let person = story.events[at].subject!
      let state = story.states[at - 1]
      var sentences: [String] = []
      while sentences.count < choices - 1 {
        let place = StoryInventory.places[random.integer(below: StoryInventory.places.count)]
        let thing = StoryInventory.things[random.integer(below: StoryInventory.things.count)]
        let event: StoryEvent =
          random.chance(0.5)
          ? .does(person, place, random.integer(below: place.activities.count))
          : .uses(person, thing, nil)
        if state.allows(event) { continue }
        var telling = EnglishTelling(using: &random)
        let sentence = telling.sentence(event)
        if !sentences.contains(sentence) { sentences.append(sentence) }
      }
      let answer = random.integer(below: choices)
      var telling = EnglishTelling(using: &random)
      sentences.insert(telling.sentence(story.events[at]), at: answer)
      return Continuation(
        context: story.sentences[..<at].joined(separator: " "), choices: sentences, answer: answer)
    }
  }
}
