// The people, places, things and wants that stories are made of.

/// A person in a story.
public struct StoryPerson: Hashable, Sendable {
  /// The name: `Mike`.
  public let name: String
  /// Whether the pronoun is she; otherwise it is he.
  public let isFemale: Bool

  /// The pronoun as a subject: `she` or `he`.
  public var pronoun: String { isFemale ? "she" : "he" }
}

/// A place in a story, with what one does there.
public struct StoryPlace: Hashable, Sendable {
  /// The name: `park`.
  public let name: String
  /// How one goes there: `to the park`, `home`.
  public let direction: String
  /// How one is there: `in the park`, `at home`.
  public let location: String
  /// What one does there, in the past tense: `fed the ducks`.
  public let activities: [String]
}

/// What a person in a story can be, and wants to be no longer.
public struct StoryWant: Hashable, Sendable {
  /// The adjective: `hungry`.
  public let name: String
  /// The things that help, by name.
  public let remedies: [String]
}

/// A thing in a story: it is somewhere, or somebody has it.
public struct StoryThing: Hashable, Sendable {
  /// The name: `kite`.
  public let name: String
  /// What one does with it, in the past tense: `flew the kite`.
  public let use: String
  /// Whether it is gone once used, like bread.
  public let isUsedUp: Bool
}

/// Everything that a story can be about.
enum StoryInventory {
  static let people: [StoryPerson] = {
    let women = [
      "Anna", "Clara", "Ella", "Grace", "Iris", "Julia", "Kate", "Laura", "Mia", "Nora", "Paula",
      "Rosa", "Sophie", "Tara", "Vera", "Zoe",
    ]
    let men = [
      "Adam", "Ben", "David", "Finn", "Henry", "Jack", "Leo", "Max", "Mike", "Noah", "Oscar",
      "Peter", "Ralph", "Sam", "Tom", "Will",
    ]
    return women.map { StoryPerson(name: $0, isFemale: true) }
      + men.map { StoryPerson(name: $0, isFemale: false) }
  }()

  /// The first place is home.
  static let places: [StoryPlace] = [
    StoryPlace(
      name: "home", direction: "home", location: "at home",
      activities: [
        "washed the dishes", "watered the plants", "made the bed", "cooked some soup",
        "talked to the cat", "swept the floor",
      ]),
    place(
      "park", "in",
      [
        "fed the ducks", "climbed a tree", "sat on a bench", "chased the pigeons",
        "lay in the grass",
      ]),
    place(
      "market", "at",
      ["counted the coins", "smelled the spices", "asked for the price", "tasted the olives"]),
    place(
      "bakery", "at",
      ["watched the baker", "smelled the fresh rolls", "waited in the queue", "kneaded the dough"]),
    place(
      "library", "in",
      ["whispered to a friend", "sat by the window", "returned a novel", "searched the shelves"]),
    place(
      "beach", "at",
      ["built a castle of sand", "looked for crabs", "ran into the waves", "collected shells"]),
    place(
      "lake", "at",
      ["watched the swans", "rowed a boat", "threw stones into the water", "caught a fish"]),
    place(
      "forest", "in",
      ["picked mushrooms", "followed a deer", "listened to the owls", "hid behind an oak"]),
    place(
      "farm", "on",
      ["milked the cow", "fed the hens", "rode a pony", "drove the tractor"]),
    place(
      "school", "at",
      ["wrote a poem", "learned a song", "solved a hard sum", "rang the bell"]),
    place(
      "museum", "in",
      ["looked at the paintings", "drew a statue", "asked the guide", "admired a crown"]),
    place(
      "station", "at",
      ["watched the trains", "read the timetable", "waved to the driver", "bought a ticket"]),
    place(
      "theatre", "in",
      ["clapped for the actors", "sang on the stage", "laughed at the play", "tried on a mask"]),
    place(
      "workshop", "in",
      ["repaired a chair", "painted a box", "sharpened the saw", "glued a wheel"]),
    place(
      "garden", "in",
      ["pulled out the weeds", "planted some seeds", "dug a hole", "cut the roses"]),
    place(
      "harbour", "at",
      ["watched the ships", "talked to a sailor", "counted the gulls", "mended a net"]),
    place(
      "castle", "in",
      ["walked along the wall", "bowed to the king", "polished the armour", "opened a heavy door"]),
    place(
      "hospital", "in",
      ["visited a neighbour", "carried the flowers", "thanked the nurse", "waited for the doctor"]),
    place(
      "zoo", "in",
      ["greeted the monkeys", "photographed a tiger", "fed the penguins", "pitied the bear"]),
    place(
      "mill", "at",
      ["carried a sack", "listened to the wheel", "spoke to the miller", "swept up the flour"]),
  ]

  private static func place(_ name: String, _ preposition: String, _ activities: [String])
    -> StoryPlace
  {
    StoryPlace(
      name: name, direction: "to the \(name)", location: "\(preposition) the \(name)",
      activities: activities)
  }

  static let things: [StoryThing] = [
    food("bread", "ate"), food("apple", "ate"), food("cake", "ate"), food("cheese", "ate"),
    food("juice", "drank"), food("milk", "drank"), food("tea", "drank"), food("water", "drank"),
    tool("coat", "put on"), tool("blanket", "lay down under"), tool("scarf", "put on"),
    tool("ball", "played with"), tool("kite", "flew"), tool("book", "read"),
    tool("guitar", "played"), tool("drum", "beat"), tool("puzzle", "put together"),
    tool("soap", "washed with"), tool("towel", "dried off with"),
    tool("map", "looked at"), tool("compass", "turned"), tool("lamp", "lit"),
    tool("candle", "lit"), tool("letter", "read"), tool("photo", "smiled at"),
    tool("flower", "smelled"), tool("pillow", "slept on"), tool("hammock", "lay down in"),
  ]

  private static func food(_ name: String, _ verb: String) -> StoryThing {
    StoryThing(name: name, use: "\(verb) the \(name)", isUsedUp: true)
  }

  private static func tool(_ name: String, _ verb: String) -> StoryThing {
    StoryThing(name: name, use: "\(verb) the \(name)", isUsedUp: false)
  }

  static let wants: [StoryWant] = [
    StoryWant(name: "hungry", remedies: ["bread", "apple", "cake", "cheese"]),
    StoryWant(name: "thirsty", remedies: ["juice", "milk", "tea", "water"]),
    StoryWant(name: "cold", remedies: ["coat", "blanket", "scarf"]),
    StoryWant(name: "bored", remedies: ["ball", "kite", "book", "guitar", "drum", "puzzle"]),
    StoryWant(name: "dirty", remedies: ["soap"]),
    StoryWant(name: "wet", remedies: ["towel"]),
    StoryWant(name: "lost", remedies: ["map", "compass"]),
    StoryWant(name: "afraid", remedies: ["lamp", "candle"]),
    StoryWant(name: "sad", remedies: ["letter", "photo", "flower"]),
    StoryWant(name: "tired", remedies: ["pillow", "hammock"]),
  ]

  static func thing(_ name: String) -> StoryThing { things.first { $0.name == name }! }
}
