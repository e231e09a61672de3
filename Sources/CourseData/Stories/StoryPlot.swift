import TensorCore

/// Decides what happens next in a story.
///
/// A person with a want looks for a remedy: thinks of one, goes where it is, takes it, uses it, or
/// gives it to somebody who wants it more. A person without a want does what one does at the place,
/// moves on, or begins to feel a want. So each sentence follows from those before it, and often from
/// one that is far back.
struct StoryPlot {
  private(set) var state = StoryState()
  private(set) var events: [StoryEvent] = []
  /// The state after each event.
  private(set) var states: [StoryState] = []
  private var random: Random
  private let hero: StoryPerson
  private let friend: StoryPerson
  /// What the hero has thought of and is on the way to.
  private var goal: (thing: StoryThing, place: StoryPlace)?
  private var haveMet = false

  init(using random: inout Random) {
    self.random = random.split()
    let people = self.random.permutation(StoryInventory.people.count)
    hero = StoryInventory.people[people[0]]
    friend = StoryInventory.people[people[1]]
    let places = self.random.permutation(StoryInventory.places.count)
    state.place(hero, at: StoryInventory.places[places[0]])
    for thing in StoryInventory.things { state.place(thing, at: any(StoryInventory.places)) }
    add(.goes(hero, any(StoryInventory.places.filter { $0 != state.places[hero] })))
  }

  /// Lets the story run to `length` events, and ends it with one that recalls a fact.
  mutating func run(length: Int) {
    while events.count < length - 1 { add(next()) }
    add(recollection())
  }

  private mutating func add(_ event: StoryEvent) {
    if !state.allows(event) { fatalError("StoryPlot: \(event) cannot happen now") }
    state.apply(event)
    events.append(event)
    states.append(state)
    if case .takes(_, let thing, _) = event, thing == goal?.thing { goal = nil }
    if case .meets = event { haveMet = true }
  }

  private mutating func any<Element>(_ elements: [Element]) -> Element {
    elements[random.integer(below: elements.count)]
  }

  private func belongings(of person: StoryPerson) -> [StoryThing] {
    StoryInventory.things.filter { state.things[$0] == .with(person) }
  }

  private mutating func next() -> StoryEvent {
    if let meeting = meeting() { return meeting }
    if let sharing = sharing() { return sharing }
    if let want = state.wants[hero] { return step(towards: want) }
    return leisure()
  }

  /// Hero and friend come upon each other where both are.
  private mutating func meeting() -> StoryEvent? {
    guard let here = state.places[hero] else { return nil }
    if !haveMet && events.count > 2 && random.chance(0.25) {
      return .meets(hero, friend, here)
    }
    return nil
  }

  /// What two do who are at one place: feel a want, give what helps, use it.
  private mutating func sharing() -> StoryEvent? {
    guard haveMet, state.places[hero] == state.places[friend] else { return nil }
    if let want = state.wants[friend] {
      if let owned = belongings(of: friend).first(where: { want.remedies.contains($0.name) }) {
        return .uses(friend, owned, want)
      }
      if let owned = belongings(of: hero).first(where: { want.remedies.contains($0.name) }) {
        return .gives(hero, owned, friend)
      }
      return nil
    }
    let gifts = belongings(of: hero)
    if !gifts.isEmpty && state.wants[hero] == nil && random.chance(0.4) {
      let gift = any(gifts)
      let want = StoryInventory.wants.first { $0.remedies.contains(gift.name) }!
      return random.chance(0.7) ? .feels(friend, want) : .gives(hero, gift, friend)
    }
    return nil
  }

  /// The next thing to do about a want.
  private mutating func step(towards want: StoryWant) -> StoryEvent {
    if let owned = belongings(of: hero).first(where: { want.remedies.contains($0.name) }) {
      return .uses(hero, owned, want)
    }
    if let goal, want.remedies.contains(goal.thing.name), let here = state.places[hero] {
      return here == goal.place
        ? .takes(hero, goal.thing, goal.place) : .goes(hero, goal.place)
    }
    let thing = StoryInventory.thing(any(want.remedies))
    if case .at(let place) = state.things[thing] {
      goal = (thing, place)
      return .remembers(hero, thing, place)
    }
    // All that could help is with the friend or used up: the want stays.
    return leisure()
  }

  private mutating func leisure() -> StoryEvent {
    let here = state.places[hero]!
    var choices: [StoryEvent] = [.does(hero, here, random.integer(below: here.activities.count))]
    if case .goes = events.last! {
    } else {
      choices.append(.goes(hero, any(StoryInventory.places.filter { $0 != here })))
    }
    if state.wants[hero] == nil {
      let fresh = StoryInventory.wants.filter { want in
        !events.contains { if case .feels(_, want) = $0 { true } else { false } }
      }
      choices += Array(repeating: .feels(hero, any(fresh)), count: 2)
    }
    let owned = belongings(of: hero)
    if !owned.isEmpty {
      let thing = any(owned)
      choices += [.leaves(hero, thing, here), .leaves(hero, thing, here), .uses(hero, thing, nil)]
    }
    let fresh = choices.filter { !events.suffix(4).contains($0) && state.allows($0) }
    return fresh.isEmpty
      ? .goes(hero, any(StoryInventory.places.filter { $0 != here })) : any(fresh)
  }

  /// A fact that only the sentences before tell: where a thing has come to, or where somebody is.
  private mutating func recollection() -> StoryEvent {
    let named = StoryInventory.things.filter { thing in
      state.things[thing] != .gone
        && events.contains {
          switch $0 {
          case .takes(_, thing, _), .remembers(_, thing, _): true
          default: false
          }
        }
    }
    if !named.isEmpty && random.chance(0.7) {
      let thing = any(named)
      return .recallsThing(thing, state.things[thing]!)
    }
    return .recallsPerson(hero, state.places[hero]!)
  }
}
