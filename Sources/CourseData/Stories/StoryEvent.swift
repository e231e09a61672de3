/// One thing that happens in a story; one sentence tells it.
///
/// Events carry the meaning apart from the words, so that a story can be told in several languages
/// and questions about it have certain answers.
public enum StoryEvent: Hashable, Sendable {
  /// Somebody goes somewhere, at a time of the day that opens the story or continues it.
  case goes(StoryPerson, StoryPlace)
  /// Somebody does what one does at that place: `activities[index]`.
  case does(StoryPerson, StoryPlace, Int)
  /// Somebody begins to feel a want.
  case feels(StoryPerson, StoryWant)
  /// Somebody thinks of a thing, and of the place where it is.
  case remembers(StoryPerson, StoryThing, StoryPlace)
  /// Somebody takes a thing at the place where it is.
  case takes(StoryPerson, StoryThing, StoryPlace)
  /// Somebody comes upon somebody else.
  case meets(StoryPerson, StoryPerson, StoryPlace)
  /// Somebody gives a thing away.
  case gives(StoryPerson, StoryThing, StoryPerson)
  /// Somebody uses a thing, and a want may end with it.
  case uses(StoryPerson, StoryThing, StoryWant?)
  /// Somebody leaves a thing behind.
  case leaves(StoryPerson, StoryThing, StoryPlace)
  /// The story says where a thing is, or who has it.
  case recallsThing(StoryThing, StoryState.Whereabouts)
  /// The story says where somebody is.
  case recallsPerson(StoryPerson, StoryPlace)

  /// Who acts, where somebody does.
  public var subject: StoryPerson? {
    switch self {
    case .goes(let person, _), .does(let person, _, _), .feels(let person, _),
      .remembers(let person, _, _), .takes(let person, _, _), .meets(let person, _, _),
      .gives(let person, _, _), .uses(let person, _, _), .leaves(let person, _, _),
      .recallsPerson(let person, _):
      person
    case .recallsThing: nil
    }
  }
}

/// What is true at a moment of a story: the ground truth for questions about it.
public struct StoryState: Hashable, Sendable {
  /// Where a thing is.
  public enum Whereabouts: Hashable, Sendable {
    /// It lies at a place.
    case at(StoryPlace)
    /// Somebody has it.
    case with(StoryPerson)
    /// It was eaten, drunk or otherwise used up.
    case gone
  }

  /// Where each person is whom the story has named.
  public private(set) var places: [StoryPerson: StoryPlace] = [:]
  /// Where each thing is that the story has named.
  public private(set) var things: [StoryThing: Whereabouts] = [:]
  /// What each person wants, where somebody wants something.
  public private(set) var wants: [StoryPerson: StoryWant] = [:]

  /// Puts a person at a place before the story begins.
  mutating func place(_ person: StoryPerson, at place: StoryPlace) { places[person] = place }

  /// Puts a thing at a place before the story names it.
  mutating func place(_ thing: StoryThing, at place: StoryPlace) { things[thing] = .at(place) }

  /// Whether the event can happen now.
  ///
  /// A person acts where that person is, and uses what that person has.
  public func allows(_ event: StoryEvent) -> Bool {
    switch event {
    case .goes(let person, let place): places[person] != place
    case .does(let person, let place, _): places[person] == place
    case .feels(let person, _): wants[person] == nil
    case .remembers(_, let thing, let place): things[thing] == .at(place)
    case .takes(let person, let thing, let place):
      things[thing] == .at(place) && places[person] == place
    case .meets(let person, let other, let place):
      places[person] == place && places[other] ?? place == place && person != other
    case .gives(let person, let thing, let other):
      things[thing] == .with(person) && places[person] == places[other] && person != other
    case .uses(let person, let thing, _): things[thing] == .with(person)
    case .leaves(let person, let thing, let place):
      things[thing] == .with(person) && places[person] == place
    case .recallsThing(let thing, let whereabouts): things[thing] == whereabouts
    case .recallsPerson(let person, let place): places[person] == place
    }
  }

  /// Changes the state by an event.
  mutating func apply(_ event: StoryEvent) {
    switch event {
    case .goes(let person, let place): places[person] = place
    case .feels(let person, let want): wants[person] = want
    case .takes(let person, let thing, _): things[thing] = .with(person)
    case .gives(_, let thing, let other): things[thing] = .with(other)
    case .uses(let person, let thing, let want):
      if thing.isUsedUp { things[thing] = .gone }
      if want != nil { wants[person] = nil }
    case .leaves(_, let thing, let place): things[thing] = .at(place)
    case .meets(_, let other, let place): places[other] = place
    case .does, .remembers, .recallsThing, .recallsPerson: break
    }
  }
}
