import TensorCore

/// A short story: its sentences, the events that they tell, and what is true after each.
public struct Story: Sendable {
  /// The sentences, each with its full stop.
  public let sentences: [String]
  /// The event that each sentence tells.
  public let events: [StoryEvent]
  /// What is true after each sentence.
  public let states: [StoryState]

  /// The sentences in one line.
  public var text: String { sentences.joined(separator: " ") }

  /// The people whom the story names, in the order of their first mention.
  public var people: [StoryPerson] {
    var people: [StoryPerson] = []
    for event in events {
      var named = event.subject.map { [$0] } ?? []
      if case .meets(_, let other, _) = event { named.append(other) }
      people += named.filter { !people.contains($0) }
    }
    return people
  }

  /// The places that the story names, in the order of their first mention.
  public var places: [StoryPlace] {
    var places: [StoryPlace] = []
    for event in events {
      switch event {
      case .goes(_, let place), .remembers(_, _, let place):
        if !places.contains(place) { places.append(place) }
      default: break
      }
    }
    return places
  }
}

/// A world of short stories about people, places, things and wants, with known ground truth.
///
/// The stories are synthetic: a seeded plot decides what happens, and each sentence follows from those
/// before it. What is true at any moment is known, so that a model can be asked what it has understood.
///
/// ```swift
/// let stories = StoryWorld().stories(1_000, seed: 7)
/// stories[0].text  // "After school Mike went home. Once home he …"
/// ```
public struct StoryWorld: Sendable {
  /// The number of sentences in a story.
  public let lengths: ClosedRange<Int>

  /// Makes a world whose stories have a number of sentences within `lengths`.
  public init(lengths: ClosedRange<Int> = 8...14) { self.lengths = lengths }

  /// The first `count` stories of a seed; each depends on the seed and its own number only.
  public func stories(_ count: Int, seed: UInt64) -> [Story] {
    (0..<count).map { story($0, seed: seed) }
  }

  /// Story number `number` of a seed.
  public func story(_ number: Int, seed: UInt64) -> Story {
    var random = Random(seed: seed, stream: number)
    var plot = StoryPlot(using: &random)
    plot.run(length: lengths.lowerBound + random.integer(below: lengths.count))
    var telling = EnglishTelling(using: &random)
    return Story(
      sentences: plot.events.map { telling.sentence($0) }, events: plot.events,
      states: plot.states)
  }

  /// Stories one below the other, at least `count` characters of them.
  public func text(characters count: Int, seed: UInt64) -> String {
    var text = ""
    var length = 0
    var number = 0
    while length < count {
      let story = story(number, seed: seed).text
      text += story + "\n"
      length += story.count + 1
      number += 1
    }
    return text
  }
}

extension StoryWorld {
  /// Everybody whom a story can name.
  public static var people: [StoryPerson] { StoryInventory.people }
  /// All places, home the first.
  public static var places: [StoryPlace] { StoryInventory.places }
  /// All things.
  public static var things: [StoryThing] { StoryInventory.things }
  /// What somebody can be and wants to be no longer, with the things that help.
  public static var wants: [StoryWant] { StoryInventory.wants }
}
