print("SelfTaught")
