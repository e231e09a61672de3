import TensorCore

/// The small world of sentences that the fill-in-the-blank model reads.
///
/// Every sentence has eight words, `the WHO DOES THING in a KIND PLACE`, and tells something that
/// happens: cooks put sugar in sweet puddings, guests eat cream in a birthday cake. No cook is ever near
/// a birthday here, and no sugar either: "The cook puts sugar in a birthday cake" is nowhere in it.
enum Sentences {
  /// Who does what to which things, and where these can be.
  private struct Scene {
    let who: [String]
    let does: [String]
    let things: [(thing: String, places: [String])]
    let kinds: [String]
  }

  private static let scenes = [
    Scene(
      who: ["cook", "baker", "grandmother"], does: ["puts", "stirs"],
      things: [
        ("sugar", ["cake", "pudding", "pie"]), ("flour", ["pie", "bread"]),
        ("butter", ["pie", "bread"]), ("honey", ["pudding"]),
      ], kinds: ["sweet", "large", "wedding"]),
    Scene(
      who: ["cook", "grandmother"], does: ["puts", "stirs"],
      things: [
        ("salt", ["soup", "stew", "sauce"]), ("pepper", ["soup", "stew"]),
        ("garlic", ["stew", "sauce"]),
      ], kinds: ["hot", "thick", "large"]),
    Scene(
      who: ["aunt", "uncle", "brother"], does: ["puts", "hides"],
      things: [
        ("money", ["card", "parcel"]), ("photographs", ["card", "parcel"]),
      ], kinds: ["birthday", "large"]),
    Scene(
      who: ["guest", "brother"], does: ["eats", "finds"],
      things: [("raisins", ["cake"]), ("cream", ["cake"])],
      kinds: ["birthday", "wedding"]),
    Scene(
      who: ["gardener", "farmer"], does: ["puts", "buries"],
      things: [("seeds", ["bed", "pot", "field"]), ("bulbs", ["bed", "pot"])],
      kinds: ["flower", "large", "sunny"]),
    Scene(
      who: ["carpenter", "brother"], does: ["puts", "drives"],
      things: [("nails", ["table", "door", "chair"]), ("screws", ["table", "chair"])],
      kinds: ["wooden", "broken", "large"]),
  ]

  /// Every sentence that the scenes allow, in a fixed order.
  static let all: [[String]] = scenes.flatMap { scene in
    scene.who.flatMap { who in
      scene.does.flatMap { does in
        scene.things.flatMap { thing, places in
          places.flatMap { place in
            scene.kinds.map { ["the", who, does, thing, "in", "a", $0, place] }
          }
        }
      }
    }
  }

  /// All that can stand in the place of the thing.
  static let things = unique(scenes.flatMap { $0.things.map(\.thing) })
  /// All that can stand at the end.
  static let places = unique(scenes.flatMap { $0.things.flatMap(\.places) })

  /// Three quarters of all sentences, drawn with a seed, so that the corpus has gaps of its own.
  static func corpus(using random: inout Random) -> [[String]] {
    random.permutation(all.count).prefix(all.count * 3 / 4).map { all[$0] }
  }

  private static func unique(_ words: [String]) -> [String] {
    words.indices.filter { words.firstIndex(of: words[$0]) == $0 }.map { words[$0] }
  }
}
