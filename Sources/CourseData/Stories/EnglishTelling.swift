import TensorCore

/// Tells events in English sentences.
///
/// Who acted in the sentence before is `he` or `she`; everybody else is named.
struct EnglishTelling {
  private var random: Random
  private var last: StoryPerson?
  private var lastPlace: StoryPlace?
  private var isFirst = true

  init(using random: inout Random) { self.random = random.split() }

  /// The sentence for an event, with its full stop.
  mutating func sentence(_ event: StoryEvent) -> String {
    let text = words(event)
    last = event.subject
    isFirst = false
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private mutating func any(_ variants: String...) -> String {
    variants[random.integer(below: variants.count)]
  }

  /// The subject as the reader would expect it.
  private func who(_ person: StoryPerson) -> String {
    person == last ? person.pronoun : person.name
  }

  private mutating func words(_ event: StoryEvent) -> String {
    switch event {
    case .goes(let person, let place):
      return journey(person, place)
    case .does(let person, let place, let index):
      return deed(person, place, place.activities[index])
    case .feels(let person, let want):
      return any("\(who(person)) was \(want.name)", "now \(who(person)) felt \(want.name)")
    case .remembers(let person, let thing, let place):
      return any(
        "\(who(person)) thought of the \(thing.name) \(place.location)",
        "\(who(person)) knew that the \(thing.name) was \(place.location)")
    case .takes(let person, let thing, let place):
      return any(
        "\(who(person)) took the \(thing.name)",
        "\(place.location) \(who(person)) found the \(thing.name)")
    case .meets(let person, let other, let place):
      return any(
        "\(place.location) \(who(person)) met \(other.name)",
        "\(who(person)) met \(other.name) there")
    case .gives(let person, let thing, let other):
      return "\(who(person)) gave the \(thing.name) to \(other.name)"
    case .uses(let person, let thing, let want):
      let end = want.map { " and was not \($0.name) any more" } ?? ""
      return "\(who(person)) \(thing.use)\(end)"
    case .leaves(let person, let thing, let place):
      return "\(who(person)) left the \(thing.name) \(place.location)"
    case .recallsThing(let thing, .at(let place)):
      return "in the end the \(thing.name) was \(place.location)"
    case .recallsThing(let thing, .with(let person)):
      return "in the end the \(thing.name) belonged to \(person.name)"
    case .recallsThing(let thing, .gone):
      return "in the end the \(thing.name) was gone"
    case .recallsPerson(let person, let place):
      return "in the end \(person.name) was \(place.location)"
    }
  }

  private mutating func journey(_ person: StoryPerson, _ place: StoryPlace) -> String {
    lastPlace = place
    if isFirst {
      let time = any(
        "one morning", "after school", "on Sunday", "after lunch", "one evening", "in the spring",
        "after work", "on a rainy day")
      return "\(time) \(person.name) went \(place.direction)"
    }
    return any(
      "\(who(person)) went \(place.direction)", "then \(who(person)) walked \(place.direction)",
      "so \(who(person)) ran \(place.direction)")
  }

  private mutating func deed(_ person: StoryPerson, _ place: StoryPlace, _ activity: String)
    -> String
  {
    // `Once home, he …` only straight after the way there.
    if lastPlace == place {
      lastPlace = nil
      let arrived = place.name == "home" ? "once home" : "once there"
      return any("\(arrived) \(who(person)) \(activity)", "\(who(person)) \(activity)")
    }
    return "\(who(person)) \(activity)"
  }
}
