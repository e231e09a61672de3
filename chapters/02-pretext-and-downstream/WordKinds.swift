import CourseData
import TensorCore

/// Words of the story world that belong together, as far as the text has them.
struct WordKinds {
  /// Words of one kind; those of a group are alike.
  struct Kind {
    let name: String
    /// Groups of places in the vocabulary.
    let groups: [[Int]]
  }

  let kinds: [Kind]

  init(_ corpus: WordCorpus) {
    func places(_ words: [String]) -> [Int] {
      words.compactMap { corpus.place(of: $0.lowercased()) }
    }
    func names(_ isFemale: Bool) -> [Int] {
      places(StoryWorld.people.filter { $0.isFemale == isFemale }.map(\.name))
    }
    kinds = [
      Kind(name: "name of the same sex", groups: [names(true), names(false)]),
      Kind(name: "place", groups: [places(StoryWorld.places.map(\.name))]),
      Kind(name: "helps the same want", groups: StoryWorld.wants.map { places($0.remedies) }),
      Kind(name: "want", groups: [places(StoryWorld.wants.map(\.name))]),
    ]
  }

  /// For each kind how often a word's nearest neighbour is of its group.
  func shares(_ vectors: Variable) -> [Double] {
    kinds.map { kind in
      let groups = kind.groups.filter { $0.count > 1 }
      let asked = groups.flatMap(\.self)
      // A word is its own nearest.
      let found = nearestNeighbours(of: vectors.gather(asked), in: vectors, k: 2)
      var right = 0
      for (word, nearest) in zip(asked, found) {
        let other = nearest.first { $0 != word }!
        if groups.contains(where: { $0.contains(word) && $0.contains(other) }) { right += 1 }
      }
      return Double(right) / Double(max(1, asked.count))
    }
  }

  /// The same for a neighbour drawn from all other words.
  func chances(words: Int) -> [Double] {
    kinds.map { kind in
      let groups = kind.groups.filter { $0.count > 1 }
      let right = groups.reduce(0) { $0 + $1.count * ($1.count - 1) }
      return Double(right) / Double(max(1, groups.joined().count * (words - 1)))
    }
  }
}
